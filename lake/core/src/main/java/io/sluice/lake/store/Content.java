package io.sluice.lake.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What is to be written: a known number of bytes that can be read again for a retry. */
public interface Content {
    long length();

    /** A fresh stream of exactly {@link #length} bytes. */
    InputStream open() throws IOException;

    static Content of(byte[] bytes) {
        return new Content() {
            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }
        };
    }
}
