package io.sluice.lake.delta;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.delta.kernel.internal.actions.DeletionVectorDescriptor;
import java.util.Optional;

/** Where the deletion vectors of a log's actions are kept. */
public final class VectorFiles {
    private VectorFiles() {}

    /**
     * The file of a deletion vector, as the paths of data files are written: relative to the table's folder,
     * or absolute. Empty where the vector stands in the descriptor itself.
     *
     * @param json the vector's descriptor
     */
    public static Optional<String> path(ObjectNode json) {
        DeletionVectorDescriptor vector = new DeletionVectorDescriptor(
                json.path("storageType").asText(),
                json.path("pathOrInlineDv").asText(),
                json.hasNonNull("offset") ? Optional.of(json.get("offset").asInt()) : Optional.empty(),
                json.path("sizeInBytes").asInt(),
                json.path("cardinality").asLong());
        if (vector.isInline()) return Optional.empty();
        String path = vector.getAbsolutePath(StoreFileIO.TABLE);
        String folder = StoreFileIO.TABLE + "/";
        return Optional.of(path.startsWith(folder) ? path.substring(folder.length()) : path);
    }
}
