package io.sluice.lake.iceberg;

import io.sluice.crypto.seal.KeyRevokedException;
import io.sluice.lake.store.ObjectNotFoundException;
import io.sluice.lake.store.ObjectStore;
import io.sluice.model.failure.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;

/**
 * Iceberg's exceptions in our words. What the store threw comes out as the store threw it, however deep Iceberg has
 * wrapped it: a revoked key must look like one to the caller.
 */
final class IcebergFailures {
    private IcebergFailures() {}

    static <T> T translating(ObjectStore table, Callable<T> call) throws IOException {
        try {
            return call.call();
        } catch (Exception e) {
            throw translated(table, e);
        } catch (LinkageError e) {
            // A codec that Avro knows by name only.
            throw damaged(table, e);
        }
    }

    /** What the store threw, on its way through classes that know no checked exceptions. */
    static final class StoreTrouble extends UncheckedIOException {
        StoreTrouble(IOException cause) {
            super(cause);
        }
    }

    private static RuntimeException translated(ObjectStore table, Exception e) throws IOException {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof Failure failure) return failure;
            if (cause instanceof KeyRevokedException revoked) return revoked;
            if (cause instanceof ObjectNotFoundException missing) return fileMissing(table, missing);
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause())
            if (cause instanceof StoreTrouble trouble) throw trouble.getCause();
        // Avro and Jackson have IOExceptions too, for bytes that they make no sense of.
        return damaged(table, e);
    }

    private static Failure fileMissing(ObjectStore table, ObjectNotFoundException e) {
        return Failure.invalid(
                "The Iceberg table at %s needs a file which is gone; a clean-up may have removed it. %s Read a newer "
                        + "version of the table, or roll it back to a snapshot that is whole.",
                table.root(), String.valueOf(e.getMessage()));
    }

    private static Failure damaged(ObjectStore table, Throwable e) {
        return Failure.invalid(
                "The metadata of the Iceberg table at %s is damaged: %s Roll the table back to metadata that is whole.",
                table.root(), sentence(e));
    }

    private static String sentence(Throwable e) {
        String text = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return e.getClass().getSimpleName() + ": " + (text.endsWith(".") ? text : text + ".");
    }
}
