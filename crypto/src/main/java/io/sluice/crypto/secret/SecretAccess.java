package io.sluice.crypto.secret;

/** Says at the place where key bytes are read what for. */
public enum SecretAccess {
    SEALING,
    OPENING,
    WRAPPING,
    UNWRAPPING
}
