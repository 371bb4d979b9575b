package io.sluice.lake.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Reads of objects that wait for their stores side by side: a store answers slowly, but many at once. */
public final class ParallelReads {
    /** Of all tables together; the threads only wait. */
    private static final int THREADS = 16;

    private static final ExecutorService POOL = pool();

    private ParallelReads() {}

    public static CompletableFuture<byte[]> begin(ObjectStore store, String key, ByteRange range) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (InputStream in = store.read(key, range)) {
                        return in.readAllBytes();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                POOL);
    }

    /** Without another thread, for who has nothing else to wait for. */
    public static CompletableFuture<byte[]> here(ObjectStore store, String key) throws IOException {
        try (InputStream in = store.read(key, ByteRange.ALL)) {
            return CompletableFuture.completedFuture(in.readAllBytes());
        } catch (ObjectNotFoundException e) {
            return CompletableFuture.failedFuture(new UncheckedIOException(e));
        }
    }

    public static byte[] await(CompletableFuture<byte[]> read) throws IOException {
        try {
            return read.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof UncheckedIOException failed) throw failed.getCause();
            if (e.getCause() instanceof RuntimeException refused) throw refused;
            if (e.getCause() instanceof Error fatal) throw fatal;
            throw e;
        }
    }

    private static ExecutorService pool() {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "log-read");
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
