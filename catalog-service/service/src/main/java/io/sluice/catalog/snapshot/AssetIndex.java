package io.sluice.catalog.snapshot;

import io.sluice.catalog.record.AssetRecord;
import io.sluice.catalog.record.Grants;
import io.sluice.model.grant.SecurableType;
import io.sluice.model.name.EntityName;
import io.sluice.model.name.SchemaName;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;
import org.pcollections.TreePMap;

/** The assets of one container by type and name. Immutable; most containers have none and share one. */
public record AssetIndex(HashPMap<SecurableType, TreePMap<EntityName, AssetNode>> byType) {
    static final AssetIndex EMPTY = new AssetIndex(HashTreePMap.empty());

    /** Sorted by name, so that a page is one range scan. */
    public TreePMap<EntityName, AssetNode> of(SecurableType type) {
        @Nullable TreePMap<EntityName, AssetNode> found = byType.get(type);
        return found == null ? TreePMap.empty() : found;
    }

    public Optional<AssetNode> find(SecurableType type, EntityName name) {
        @Nullable AssetNode found = of(type).get(name);
        return Optional.ofNullable(found);
    }

    public Stream<AssetNode> all() {
        return byType.values().stream().flatMap(nodes -> nodes.values().stream());
    }

    /** The same assets in a schema that has another name by now. */
    AssetIndex in(SchemaName schema) {
        AssetIndex moved = EMPTY;
        for (AssetNode node : all().toList()) {
            AssetRecord asset = node.asset().in(schema);
            moved = moved.with(
                    asset.type(), moved.of(asset.type()).plus(asset.name(), AssetNode.of(asset, node.grants())));
        }
        return moved;
    }

    AssetIndex plus(AssetRecord asset) {
        Grants grants = find(asset.type(), asset.name()).map(AssetNode::grants).orElse(Grants.NONE);
        return with(asset.type(), of(asset.type()).plus(asset.name(), AssetNode.of(asset, grants)));
    }

    AssetIndex plus(SecurableType type, EntityName name, Grants grants) {
        AssetNode node = find(type, name).orElseThrow(() -> new OutOfPlaceException(name));
        return with(type, of(type).plus(name, node.with(grants)));
    }

    AssetIndex minus(SecurableType type, EntityName name) {
        return with(type, of(type).minus(name));
    }

    private AssetIndex with(SecurableType type, TreePMap<EntityName, AssetNode> nodes) {
        return new AssetIndex(nodes.isEmpty() ? byType.minus(type) : byType.plus(type, nodes));
    }
}
