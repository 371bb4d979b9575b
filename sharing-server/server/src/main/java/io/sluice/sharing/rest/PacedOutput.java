package io.sluice.sharing.rest;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.CompletionException;

/**
 * Writes a long body no faster than its reader takes it. The framework's own stream only looks at how full the queue to
 * the network is, and that is counted on another thread: a writer that is fast enough puts a whole answer into memory
 * before the count begins to rise. Here every slice is waited for, some slices behind. For one thread.
 */
final class PacedOutput extends OutputStream {
    /** The network's buffers are pooled up to a little more than this. */
    private static final int SLICE_BYTES = 32 * 1024;

    private static final int SLICES_UNDER_WAY = 8;

    private final OutputStream head;
    private final HttpServerResponse response;
    private final Queue<Future<Void>> underWay = new ArrayDeque<>();
    private boolean isBehindHead;

    /** @param head the framework's stream: what is written before the first flush goes out with the headers by it */
    PacedOutput(OutputStream head, HttpServerResponse response) {
        this.head = head;
        this.response = response;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (!isBehindHead) {
            head.write(bytes, offset, length);
            return;
        }
        for (int done = 0; done < length; done += SLICE_BYTES)
            send(bytes, offset + done, Math.min(SLICE_BYTES, length - done));
    }

    @Override
    public void flush() throws IOException {
        if (!isBehindHead) head.flush();
        isBehindHead = true;
    }

    /** Waits until the network has everything. Leaves the end of the answer to the framework. */
    @Override
    public void close() throws IOException {
        while (!underWay.isEmpty()) await(underWay.remove());
    }

    private void send(byte[] bytes, int offset, int length) throws IOException {
        if (underWay.size() >= SLICES_UNDER_WAY) await(underWay.remove());
        // A copy, because whoever writes goes on with the array; on the heap, because nobody would give a pooled one
        // back.
        underWay.add(response.write(Buffer.buffer(Arrays.copyOfRange(bytes, offset, offset + length))));
    }

    private static void await(Future<Void> write) throws IOException {
        try {
            write.toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw new IOException("the reader is gone", e.getCause());
        }
    }
}
