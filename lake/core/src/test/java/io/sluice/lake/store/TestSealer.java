package io.sluice.lake.store;

import io.sluice.crypto.seal.CorruptObjectException;
import io.sluice.crypto.seal.KeyRevokedException;
import io.sluice.crypto.seal.ObjectIdentity;
import io.sluice.crypto.seal.ObjectSealer;
import io.sluice.crypto.seal.RangeSource;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * A sealer to be seen through: 32 bytes of header that name the object, then every byte turned over. Shows where
 * sealing happens and costs; it protects nothing.
 */
public final class TestSealer implements ObjectSealer {
    private static final int HEADER_BYTES = 32;
    private static final int MASK = 0xA5;

    private volatile boolean revoked;

    public void revoke() {
        revoked = true;
    }

    public void restore() {
        revoked = false;
    }

    @Override
    public long sealedLength(long plainLength) {
        return plainLength + HEADER_BYTES;
    }

    @Override
    public long plainLength(long sealedLength) {
        return sealedLength - HEADER_BYTES;
    }

    @Override
    public OutputStream seal(ObjectIdentity identity, OutputStream target) throws IOException {
        check();
        target.write(header(identity));
        return new FilterOutputStream(target) {
            @Override
            public void write(int value) throws IOException {
                out.write(value ^ MASK);
            }
        };
    }

    @Override
    public InputStream open(ObjectIdentity identity, RangeSource sealed, long offset, long length) throws IOException {
        check();
        try (InputStream header = sealed.read(0, HEADER_BYTES)) {
            if (!Arrays.equals(header.readAllBytes(), header(identity)))
                throw new CorruptObjectException("not the object " + identity);
        }
        return new FilterInputStream(sealed.read(HEADER_BYTES + offset, length)) {
            @Override
            public int read() throws IOException {
                check();
                int read = in.read();
                return read < 0 ? -1 : (read ^ MASK) & 0xff;
            }

            @Override
            public int read(byte[] buffer, int at, int count) throws IOException {
                check();
                int read = in.read(buffer, at, count);
                for (int i = 0; i < read; i++) buffer[at + i] ^= (byte) MASK;
                return read;
            }
        };
    }

    private void check() {
        if (revoked) throw new KeyRevokedException("test", "The key was revoked.");
    }

    private static byte[] header(ObjectIdentity identity) {
        byte[] header = new byte[HEADER_BYTES];
        int hash = identity.hashCode();
        for (int i = 0; i < HEADER_BYTES; i++) header[i] = (byte) (hash >> (i % 4 * 8));
        return header;
    }
}
