package io.sluice.sharing.files;

import java.io.IOException;
import java.util.Optional;

/**
 * The bytes of an answer, piece by piece. A piece that cannot be given is an exception, upon which the connection must
 * be reset: a clean end would pass for a whole file. Safe to close while another thread reads.
 */
public interface GatewayBody extends AutoCloseable {
    GatewayBody EMPTY = Optional::empty;

    /** The next piece, at most 64 KiB; empty at the end. */
    Optional<byte[]> next() throws IOException;

    @Override
    default void close() {}

    static GatewayBody of(byte[] bytes) {
        return new GatewayBody() {
            private boolean isGiven;

            @Override
            public synchronized Optional<byte[]> next() {
                if (isGiven) return Optional.empty();
                isGiven = true;
                return Optional.of(bytes);
            }
        };
    }
}
