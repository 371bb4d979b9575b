package io.sluice.sharing.share;

import io.sluice.model.failure.Failure;
import io.sluice.sharing.asset.AssetKind;
import io.sluice.sharing.asset.FoundAsset;
import java.sql.Connection;
import java.time.Clock;

/** Puts volumes and models into shares, changes how they are shared, and takes them out. */
final class AssetChanges {
    private final ShareStore store;
    private final SharedAssets assets;
    private final Clock clock;

    AssetChanges(ShareStore store, SharedAssets assets, Clock clock) {
        this.store = store;
        this.assets = assets;
        this.clock = clock;
    }

    void apply(Connection connection, String principal, Share share, SharePatch.AssetChange change) {
        if (change instanceof SharePatch.AddAsset add) {
            put(connection, share, newAsset(principal, share, add));
        } else if (change instanceof SharePatch.UpdateAsset update) {
            SharedAsset asset = asset(connection, share, update);
            store.removeAsset(connection, asset);
            put(connection, share, changedAsset(asset, update.wish()));
        } else if (change instanceof SharePatch.RemoveAsset remove) {
            store.removeAsset(connection, asset(connection, share, remove));
        }
    }

    private SharedAsset newAsset(String principal, Share share, SharePatch.AddAsset add) {
        FoundAsset asset = assets.requireShareable(principal, share, add.kind(), add.name());
        return new SharedAsset(
                share.id(),
                add.kind(),
                asset.id(),
                asset.name(),
                add.wish().sharedAs().orElse(SharedAs.of(asset.name())),
                add.wish().comment(),
                clock.instant(),
                principal);
    }

    private static SharedAsset changedAsset(SharedAsset asset, AssetWish wish) {
        return new SharedAsset(
                asset.share(),
                asset.kind(),
                asset.assetId(),
                asset.name(),
                wish.sharedAs().orElse(asset.sharedAs()),
                wish.comment().isPresent() ? wish.comment() : asset.comment(),
                asset.addedAt(),
                asset.addedBy());
    }

    private void put(Connection connection, Share share, SharedAsset asset) {
        if (!store.addAsset(connection, asset))
            throw Failure.alreadyExists(
                    Failure.Subject.ANYTHING,
                    "Share \"%s\" holds %s %s, or another one as %s, already. Remove that one, or choose another "
                            + "string_shared_as.",
                    share.name(),
                    asset.kind().word(),
                    asset.name(),
                    asset.sharedAs());
    }

    private SharedAsset asset(Connection connection, Share share, SharePatch.AssetChange change) {
        AssetKind kind = change.kind();
        return store.assetsOf(connection, share.id()).stream()
                .filter(asset -> asset.kind() == kind && asset.name().equals(change.name()))
                .findFirst()
                .orElseThrow(() -> Failure.notFound(
                        Failure.Subject.ANYTHING,
                        "Share \"%s\" does not hold %s %s.",
                        share.name(),
                        kind.word(),
                        change.name()));
    }
}
