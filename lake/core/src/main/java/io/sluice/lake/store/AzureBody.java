package io.sluice.lake.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;

/** The body of a GET, pulled as it comes. Closing it early cancels the rest. */
final class AzureBody extends InputStream {
    private static final int PIECES_AHEAD = 2;

    private final Stream<ByteBuffer> pieces;
    private final Iterator<ByteBuffer> next;
    private final Function<RuntimeException, IOException> failures;
    private ByteBuffer piece = ByteBuffer.allocate(0);

    AzureBody(Flux<ByteBuffer> body, Function<RuntimeException, IOException> failures) {
        this.pieces = body.toStream(PIECES_AHEAD);
        this.next = pieces.iterator();
        this.failures = failures;
    }

    @Override
    public int read() throws IOException {
        return turn() ? piece.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (length == 0) return 0;
        if (!turn()) return -1;
        int given = Math.min(length, piece.remaining());
        piece.get(buffer, offset, given);
        return given;
    }

    @Override
    public void close() {
        pieces.close();
    }

    private boolean turn() throws IOException {
        try {
            while (!piece.hasRemaining()) {
                if (!next.hasNext()) return false;
                piece = next.next();
            }
            return true;
        } catch (RuntimeException e) {
            throw failures.apply(e);
        }
    }
}
