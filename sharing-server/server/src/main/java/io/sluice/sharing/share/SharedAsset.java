package io.sluice.sharing.share;

import io.sluice.model.name.TableName;
import io.sluice.sharing.asset.AssetKind;
import java.time.Instant;
import java.util.Optional;

/**
 * A volume or model in a share.
 *
 * @param assetId the one that was meant; another one that takes its name later is not shared
 * @param sharedAs unique among those of its kind in the share
 */
public record SharedAsset(
        ShareId share,
        AssetKind kind,
        String assetId,
        TableName name,
        SharedAs sharedAs,
        Optional<String> comment,
        Instant addedAt,
        String addedBy) {}
