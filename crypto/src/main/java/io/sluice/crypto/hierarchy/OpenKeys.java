package io.sluice.crypto.hierarchy;

import io.sluice.crypto.secret.SecretBytes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The KEK of a scope and the data keys that were opened with it. They live and die together: after the wipe nothing is
 * opened any more, so that no key slips in behind it.
 */
final class OpenKeys {
    /** More than a server reads at once; beyond it the least of evils is to open a key again. */
    private static final int MOST_KEPT = 10_000;

    private final SecretBytes kek;
    private final Map<String, LentKey> deks = new ConcurrentHashMap<>();
    private boolean isWiped;

    OpenKeys(SecretBytes kek) {
        this.kek = kek;
    }

    /** A key that was opened before. */
    @Nullable
    LentKey opened(String id, int version) {
        return deks.get(id + "/" + version);
    }

    /** Opens or seals something with the KEK; null when it was wiped meanwhile. */
    synchronized <T> @Nullable T with(BiFunction<SecretBytes, Map<String, LentKey>, T> use) {
        if (isWiped) return null;
        if (deks.size() >= MOST_KEPT) deks.clear();
        return use.apply(kek, deks);
    }

    synchronized void wipe() {
        isWiped = true;
        kek.close();
        deks.values().forEach(LentKey::wipe);
        deks.clear();
    }
}
