package io.sluice.lake.hadoop;

import io.sluice.lake.store.ObjectNotFoundException;
import io.sluice.lake.store.StoreDeniedException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;

/** Hadoop's exceptions in a store's words. */
final class S3aFailures {
    private S3aFailures() {}

    static IOException translated(URI root, String key, IOException e) {
        if (e instanceof FileNotFoundException)
            return new ObjectNotFoundException("There is no object \"" + key + "\" in " + root + ".", e);
        if (e instanceof AccessDeniedException)
            return new StoreDeniedException(root + " refuses \"" + key + "\": " + e.getMessage(), e);
        return e;
    }

    /** Of a wait for another thread. */
    static IOException interrupted(URI root, String key, Exception e) {
        if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            return new InterruptedIOException("reading " + key + " was interrupted");
        }
        return e.getCause() instanceof IOException failed
                ? translated(root, key, failed)
                : new IOException("reading " + key + " of " + root + " failed", e.getCause());
    }
}
