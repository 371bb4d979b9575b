package io.sluice.sharing.asset;

import io.sluice.model.name.TableName;
import java.util.Optional;

/**
 * What sharing needs to know of a volume or model of the catalog.
 *
 * @param location of a volume's files; of a model, each version has its own
 */
public record FoundAsset(AssetKind kind, String id, TableName name, String location, Optional<String> comment) {}
