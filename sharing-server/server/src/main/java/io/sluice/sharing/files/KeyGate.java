package io.sluice.sharing.files;

/** Says which keys may be used just now. Plugged in by the server; asked very often, so it must answer from memory. */
public interface KeyGate {
    /**
     * The scope's epoch, a number that grows whenever the key is withdrawn, and by nothing else that should keep open
     * readers going. Throws {@link io.sluice.crypto.seal.KeyRevokedException} while the scope may not be read.
     */
    long readableEpoch(String scope);
}
