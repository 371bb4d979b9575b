package io.sluice.lake.store;

import com.azure.core.exception.AzureException;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobStorageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;

/** The SDK's exceptions as those of the port. */
final class AzureFailures {
    private final URI root;

    AzureFailures(URI root) {
        this.root = root;
    }

    /** What to throw for what the SDK threw: an {@link IOException}, unless it is no failure of the store. */
    IOException translated(String verb, String key, RuntimeException e) {
        if (e instanceof BlobStorageException answer) return translated(verb, key, answer);
        Throwable cause = Exceptions.unwrap(e);
        if (cause instanceof IOException
                || cause instanceof UncheckedIOException
                || cause instanceof TimeoutException
                || cause instanceof AzureException)
            return new IOException(
                    "The store at " + root + " could not " + verb + " \"" + key + "\": " + cause.getMessage(), e);
        throw e;
    }

    ObjectNotFoundException notFound(String key, @Nullable Exception cause) {
        String message = "There is no object \"" + key + "\" in " + root + ".";
        return cause == null ? new ObjectNotFoundException(message) : new ObjectNotFoundException(message, cause);
    }

    private IOException translated(String verb, String key, BlobStorageException e) {
        if (e.getStatusCode() == 404 && !BlobErrorCode.CONTAINER_NOT_FOUND.equals(e.getErrorCode()))
            return notFound(key, e);
        if (e.getStatusCode() == 403 || e.getStatusCode() == 401)
            return new StoreDeniedException(
                    "The store at " + root + " refuses to " + verb + " \"" + key + "\": " + e.getErrorCode() + ".", e);
        return new IOException(
                "The store at " + root + " answered " + e.getStatusCode() + " " + e.getErrorCode() + " to " + verb
                        + " \"" + key + "\".",
                e);
    }
}
