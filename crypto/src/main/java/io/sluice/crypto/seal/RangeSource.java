package io.sluice.crypto.seal;

import java.io.IOException;
import java.io.InputStream;

/** Where sealed bytes come from, by ranges. One call is one request to the store. */
public interface RangeSource {
    /** Length of the sealed object. */
    long length();

    /** Exactly {@code length} bytes from {@code offset}; the caller closes the stream, possibly early. */
    InputStream read(long offset, long length) throws IOException;
}
