package io.sluice.crypto.seal;

/** The key's owner has withdrawn it. Retrying is pointless until the owner restores it. */
public final class KeyRevokedException extends RuntimeException {
    private final String scope;

    public KeyRevokedException(String scope, String message) {
        super(message);
        this.scope = scope;
    }

    public String scope() {
        return scope;
    }
}
