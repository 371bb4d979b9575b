package io.sluice.crypto.seal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Seals and opens the objects of one subject. Every call checks that the key may still be used and throws {@link
 * KeyRevokedException} when it may not; an open stream checks again at each segment.
 */
public interface ObjectSealer {
    /** How long an object of {@code plainLength} bytes becomes. The same for every object of that length. */
    long sealedLength(long plainLength);

    /** The reverse of {@link #sealedLength}. Throws {@link CorruptObjectException} if no plain length gives this one. */
    long plainLength(long sealedLength) throws CorruptObjectException;

    /** Bytes written to the answer reach {@code target} sealed. Only a closed answer is a whole object. */
    OutputStream seal(ObjectIdentity identity, OutputStream target) throws IOException;

    /**
     * Opens the plain bytes {@code [offset, offset + length)}. Reads only the segments that cover them, in one request
     * to {@code sealed} besides the header's. Requires: the range lies within the plain length.
     */
    InputStream open(ObjectIdentity identity, RangeSource sealed, long offset, long length) throws IOException;
}
