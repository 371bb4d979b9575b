package io.sluice.sharing.share;

import java.util.Optional;

/** How a volume or model is to be shared; what is empty stays as it is, or takes its default. */
public record AssetWish(Optional<SharedAs> sharedAs, Optional<String> comment) {
    /** Under its own schema and name. */
    public static final AssetWish PLAIN = new AssetWish(Optional.empty(), Optional.empty());
}
