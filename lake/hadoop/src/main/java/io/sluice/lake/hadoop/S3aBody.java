package io.sluice.lake.hadoop;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;

/** The bytes of an object, whose absence may show only now. */
final class S3aBody extends FilterInputStream {
    private final URI root;
    private final String key;

    S3aBody(InputStream in, URI root, String key) {
        super(in);
        this.root = root;
        this.key = key;
    }

    @Override
    public int read() throws IOException {
        try {
            return in.read();
        } catch (IOException e) {
            throw S3aFailures.translated(root, key, e);
        }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            return in.read(buffer, offset, length);
        } catch (IOException e) {
            throw S3aFailures.translated(root, key, e);
        }
    }
}
