package io.sluice.sharing.world;

import io.sluice.crypto.seal.KeyRevokedException;
import io.sluice.sharing.files.KeyGate;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Scopes that tests revoke and restore. */
public final class TestGate implements KeyGate {
    private final Map<String, Long> epochs = new ConcurrentHashMap<>();
    private final Map<String, KeyGate> real = new ConcurrentHashMap<>();
    private final Set<String> revoked = ConcurrentHashMap.newKeySet();

    /** From now on the scope's answers are those of real keys. */
    public void ask(String scope, KeyGate keys) {
        real.put(scope, keys);
    }

    boolean isReal(String scope) {
        return real.containsKey(scope);
    }

    public void revoke(String scope) {
        revoked.add(scope);
        epochs.merge(scope, 2L, (old, two) -> old + 1);
    }

    public void restore(String scope) {
        revoked.remove(scope);
    }

    @Override
    public long readableEpoch(String scope) {
        KeyGate keys = real.get(scope);
        if (keys != null) return keys.readableEpoch(scope);
        if (revoked.contains(scope)) throw new KeyRevokedException(scope, "revoked: " + scope);
        return epochs.getOrDefault(scope, 1L);
    }
}
