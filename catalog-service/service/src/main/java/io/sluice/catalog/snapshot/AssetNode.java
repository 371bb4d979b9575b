package io.sluice.catalog.snapshot;

import io.sluice.catalog.record.AssetRecord;
import io.sluice.catalog.record.Grants;

/** @param body the asset as the wire shows it, serialised once */
public record AssetNode(AssetRecord asset, Grants grants, byte[] body) {

    static AssetNode of(AssetRecord asset, Grants grants) {
        return new AssetNode(asset, grants, WireBodies.of(asset));
    }

    AssetNode with(Grants newGrants) {
        return new AssetNode(asset, newGrants, body);
    }
}
