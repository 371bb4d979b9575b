package io.sluice.crypto.hierarchy;

import io.sluice.crypto.seal.DataKey;
import io.sluice.crypto.secret.SecretBytes;

/** A data key in use. Good as long as its scope stays at the epoch under which it was opened. */
final class LentKey implements DataKey {
    private final ScopeKeys scope;
    private final DekRow row;
    private final SecretBytes secret;
    private final long epoch;
    private volatile boolean isWiped;

    LentKey(ScopeKeys scope, DekRow row, SecretBytes secret, long epoch) {
        this.scope = scope;
        this.row = row;
        this.secret = secret;
        this.epoch = epoch;
    }

    String subject() {
        return row.subject();
    }

    @Override
    public String id() {
        return row.id();
    }

    @Override
    public int version() {
        return row.version();
    }

    @Override
    public SecretBytes secret() {
        return secret;
    }

    @Override
    public void requireUsable() {
        scope.requireUsableAt(epoch);
        // Wiped without a change of epoch: the key service was away for longer than the grace.
        if (isWiped) throw scope.revoked("it was closed since this reading began");
    }

    void wipe() {
        isWiped = true;
        secret.close();
    }
}
