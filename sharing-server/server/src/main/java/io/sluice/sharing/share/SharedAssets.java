package io.sluice.sharing.share;

import io.sluice.model.name.TableName;
import io.sluice.sharing.asset.AssetCatalog;
import io.sluice.sharing.asset.AssetKind;
import io.sluice.sharing.asset.FoundAsset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the volumes and models behind shared objects, by the rules of {@link SharedTables}. */
public final class SharedAssets {
    private final AssetCatalog catalog;

    public SharedAssets(AssetCatalog catalog) {
        this.catalog = catalog;
    }

    public Optional<GivenAsset> find(ShareContents contents, AssetKind kind, SharedAs name) {
        return contents.assets().stream()
                .filter(asset -> asset.kind() == kind && asset.sharedAs().equals(name))
                .findFirst()
                .flatMap(asset -> given(contents.share(), asset));
    }

    /** In the order of their names. */
    public List<GivenAsset> list(ShareContents contents, AssetKind kind) {
        return contents.assets().stream()
                .filter(asset -> asset.kind() == kind)
                .sorted(Comparator.comparing(SharedAsset::sharedAs))
                .flatMap(asset -> given(contents.share(), asset).stream())
                .toList();
    }

    boolean isServed(Share share, SharedAsset asset) {
        return given(share, asset).isPresent();
    }

    /** See {@link SharedTables#requireNoGain}. */
    void requireNoGain(String principal, Share share, SharedAsset asset) {
        if (standing(asset).isPresent() && !isServed(share, asset))
            catalog.requireShareable(principal, asset.kind(), asset.name());
    }

    FoundAsset requireShareable(String principal, Share share, AssetKind kind, TableName name) {
        FoundAsset asset = catalog.requireShareable(principal, kind, name);
        if (!principal.equals(share.owner())) catalog.requireShareable(share.owner(), kind, name);
        return asset;
    }

    private Optional<GivenAsset> given(Share share, SharedAsset asset) {
        return standing(asset)
                .filter(found -> Refusals.unlessRefused(
                                () -> catalog.requireShareable(share.owner(), asset.kind(), asset.name()))
                        .isPresent())
                .map(found -> new GivenAsset(share, asset.sharedAs(), found));
    }

    private Optional<FoundAsset> standing(SharedAsset asset) {
        return catalog.find(asset.kind(), asset.name())
                .filter(found -> found.id().equals(asset.assetId()));
    }
}
