package io.sluice.replica.plan;

import io.sluice.lake.table.DataFile;
import io.sluice.model.failure.Failure;
import java.net.URI;
import java.net.URISyntaxException;

/** From paths as logs spell them to keys of the store. */
final class ObjectPaths {
    private ObjectPaths() {}

    /** The key of a data file. Paths in logs are percent-encoded; keys are not. */
    static String key(DataFile file) {
        try {
            URI path = new URI(file.path());
            if (path.isAbsolute() || file.path().startsWith("/"))
                throw Failure.unsupported(
                        "The source names the file %s by an absolute path, as shallow clones do. Only tables whose "
                                + "files lie in their own folder can be replicated; make a full copy of it first.",
                        file.path());
            return path.getPath();
        } catch (URISyntaxException e) {
            throw Failure.invalid(
                    "The source names a file \"%s\", which is not a valid path: %s", file.path(), e.getReason());
        }
    }
}
