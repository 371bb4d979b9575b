package io.sluice.lake.store;

import io.sluice.crypto.seal.ObjectIdentity;
import io.sluice.crypto.seal.ObjectSealer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;

/**
 * Plain content as ciphertext that can be pulled, though the sealer pushes: each time the reader runs dry, another
 * piece of plain bytes is pushed through. Holds one piece in memory. Each opening seals anew, under fresh randomness.
 */
record SealedContent(ObjectSealer sealer, ObjectIdentity identity, Content plain) implements Content {
    private static final int PIECE_BYTES = 128 * 1024;

    @Override
    public long length() {
        return sealer.sealedLength(plain.length());
    }

    @Override
    public InputStream open() throws IOException {
        return new Sealing();
    }

    private final class Sealing extends InputStream {
        private final InputStream source = plain.open();
        private final Drained sealed = new Drained();
        private final OutputStream sealing;
        private boolean finished;

        Sealing() throws IOException {
            try {
                sealing = sealer.seal(identity, sealed);
            } catch (IOException | RuntimeException e) {
                source.close();
                throw e;
            }
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, buffer.length);
            if (length == 0) return 0;
            while (sealed.isDry() && !finished) pushPiece();
            return sealed.isDry() ? -1 : sealed.drain(buffer, offset, length);
        }

        @Override
        public void close() throws IOException {
            source.close(); // The sealing stream is left open: only a closed one is a whole object.
        }

        private void pushPiece() throws IOException {
            byte[] piece = source.readNBytes(PIECE_BYTES);
            if (piece.length > 0) sealing.write(piece);
            if (piece.length < PIECE_BYTES) {
                sealing.close();
                finished = true;
            }
        }
    }

    /** Takes what is pushed, gives what is pulled. */
    private static final class Drained extends ByteArrayOutputStream {
        private int taken;

        boolean isDry() {
            return taken == count;
        }

        int drain(byte[] buffer, int offset, int length) {
            int given = Math.min(length, count - taken);
            System.arraycopy(buf, taken, buffer, offset, given);
            taken += given;
            if (isDry()) {
                reset();
                taken = 0;
            }
            return given;
        }
    }
}
