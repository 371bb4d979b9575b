package io.sluice.sharing.files;

import io.sluice.crypto.seal.KeyRevokedException;

/** A scope at an epoch: what was readable when a URL was made, and must still be when it is used. */
public record KeyEpoch(String scope, long epoch) {
    public static KeyEpoch current(KeyGate gate, String scope) {
        return new KeyEpoch(scope, gate.readableEpoch(scope));
    }

    /** Throws {@link KeyRevokedException} if the key was withdrawn since, even if it has been restored. */
    public void requireCurrent(KeyGate gate) {
        long now = gate.readableEpoch(scope);
        if (now != epoch)
            throw new KeyRevokedException(
                    scope, "The key of scope " + scope + " was withdrawn since this answer began. Ask again.");
    }
}
