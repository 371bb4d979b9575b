package io.sluice.crypto.seal;

/** The data keys of one subject. */
public interface DataKeys {
    /** What a revocation withdraws at once; bound into every object. */
    String scope();

    /** The key that new objects are sealed under. Throws {@link KeyRevokedException}. */
    DataKey current();

    /** The key that an object names. Throws {@link KeyRevokedException}, or {@link CorruptObjectException} if there is none. */
    DataKey find(String id, int version) throws CorruptObjectException;
}
