package io.sluice.server.wiring;

import io.sluice.crypto.hierarchy.KeyHierarchy;
import io.sluice.sharing.Freshness;
import io.sluice.sharing.files.KeyGate;
import java.util.OptionalLong;

/**
 * The states of keys as the store has them: read anew whenever another pod may have changed one, and each time while
 * nobody would tell. Safe for many threads.
 */
final class CurrentKeys implements KeyGate {
    private final KeyHierarchy keys;
    private final Freshness freshness;
    private volatile OptionalLong seen = OptionalLong.empty();

    CurrentKeys(KeyHierarchy keys, Freshness freshness) {
        this.keys = keys;
        this.freshness = freshness;
    }

    @Override
    public long readableEpoch(String scope) {
        if (!isSeen(freshness.tenure())) follow();
        return keys.readableEpoch(scope);
    }

    private boolean isSeen(OptionalLong tenure) {
        return tenure.isPresent() && tenure.equals(seen);
    }

    private synchronized void follow() {
        OptionalLong tenure = freshness.tenure();
        if (isSeen(tenure)) return;
        keys.refresh();
        seen = tenure;
    }
}
