package io.sluice.crypto.seal;

import io.sluice.crypto.secret.SecretBytes;

/** A data key as it is lent for one use: ask {@link #requireUsable} again at every segment. */
public interface DataKey {
    String id();

    int version();

    /** Owned by the lender, who wipes it on revocation. */
    SecretBytes secret();

    /** Cheap, from memory. Throws {@link KeyRevokedException} once the key may no longer be used. */
    void requireUsable();
}
