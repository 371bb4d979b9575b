package io.sluice.lake.delta;

import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.exceptions.UnsupportedProtocolVersionException;
import io.delta.kernel.exceptions.UnsupportedTableFeatureException;
import io.sluice.crypto.seal.KeyRevokedException;
import io.sluice.lake.store.ObjectStore;
import io.sluice.model.failure.Failure;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.concurrent.Callable;

/**
 * Kernel's exceptions in our words. What the store threw comes out as the store threw it, however deep kernel has
 * wrapped it: a revoked key must look like one to the caller.
 */
final class KernelFailures {
    private KernelFailures() {}

    static <T> T translating(ObjectStore table, Callable<T> call) throws IOException {
        try {
            return call.call();
        } catch (Exception e) {
            throw translated(table, e);
        }
    }

    private static RuntimeException translated(ObjectStore table, Exception e) throws IOException {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof Failure failure) return failure;
            if (cause instanceof KeyRevokedException revoked) return revoked;
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof FileNotFoundException missing) return fileMissing(table, missing);
            if (cause instanceof IOException io) throw io;
        }
        if (e instanceof TableNotFoundException) return noTable(table);
        if (e instanceof UnsupportedTableFeatureException || e instanceof UnsupportedProtocolVersionException)
            return Failure.unsupported(
                    "The table at %s asks for more than this server knows: %s Read it with a newer version.",
                    table.root(), clean(e));
        if (e instanceof KernelException) return Failure.invalid("The table at %s: %s", table.root(), clean(e));
        throw new UnreadableLogException("The table at " + table.root() + " cannot be read: " + clean(e), e);
    }

    static Failure noTable(ObjectStore table) {
        return Failure.notFound(
                Failure.Subject.TABLE,
                "There is no Delta table at %s: its _delta_log holds no commit. Check the table's location.",
                table.root());
    }

    private static Failure fileMissing(ObjectStore table, FileNotFoundException e) {
        return Failure.invalid(
                "The table at %s names the file %s, which is gone; a clean-up may have removed it. "
                        + "Read a newer version of the table.",
                table.root(), clean(e));
    }

    private static String clean(Exception e) {
        return String.valueOf(e.getMessage())
                .replace(StoreFileIO.TABLE + "/", "")
                .replace(StoreFileIO.TABLE + ": ", "");
    }
}
