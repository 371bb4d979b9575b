package io.sluice.sharing.share;

import io.sluice.sharing.asset.FoundAsset;

/** A volume or model as recipients find it. */
public record GivenAsset(Share share, SharedAs name, FoundAsset asset) {}
