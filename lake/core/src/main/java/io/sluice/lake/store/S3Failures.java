package io.sluice.lake.store;

import io.sluice.crypto.seal.KeyRevokedException;
import io.sluice.model.failure.Failure;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The SDK's exceptions as those of the port. */
final class S3Failures {
    private final URI root;

    S3Failures(URI root) {
        this.root = root;
    }

    IOException translated(String verb, String key, SdkException e) {
        rethrowOwn(e);
        if (e instanceof S3Exception answer) {
            if (answer.statusCode() == 404 && !"NoSuchBucket".equals(code(answer))) return notFound(key, e);
            if (answer.statusCode() == 403 || answer.statusCode() == 401)
                return new StoreDeniedException(
                        "The store at " + root + " refuses to " + verb + " \"" + key + "\": " + code(answer) + ".", e);
            return new IOException(
                    "The store at " + root + " answered " + answer.statusCode() + " " + code(answer) + " to " + verb
                            + " \"" + key + "\".",
                    e);
        }
        return new IOException(
                "The store at " + root + " could not " + verb + " \"" + key + "\": " + e.getMessage(), e);
    }

    ObjectNotFoundException notFound(String key, @Nullable SdkException e) {
        String message = "There is no object \"" + key + "\" in " + root + ".";
        return e == null ? new ObjectNotFoundException(message) : new ObjectNotFoundException(message, e);
    }

    /** The SDK wraps what a body throws while it is sent; those of our own mean more than the wrapping. */
    private static void rethrowOwn(SdkException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof KeyRevokedException revoked) throw revoked;
            if (cause instanceof Failure failure) throw failure;
        }
    }

    private static String code(S3Exception e) {
        return e.awsErrorDetails() == null
                ? ""
                : String.valueOf(e.awsErrorDetails().errorCode());
    }
}
