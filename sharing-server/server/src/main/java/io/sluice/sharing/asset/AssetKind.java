package io.sluice.sharing.asset;

import java.util.Locale;

public enum AssetKind {
    VOLUME,
    MODEL;

    /** As in sentences. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
