package io.sluice.sharing.share;

import java.util.List;

/** A share as its managers see it. */
public record ShareView(Share share, List<ObjectView> objects, List<SchemaView> schemas, List<AssetView> assets) {
    public ShareView {
        objects = List.copyOf(objects);
        schemas = List.copyOf(schemas);
        assets = List.copyOf(assets);
    }

    /** @param isServed false while recipients do not see the object: see {@link SharedTables#find} */
    public record ObjectView(SharedObject object, boolean isServed) {}

    public record SchemaView(SharedSchema schema, boolean isServed) {}

    public record AssetView(SharedAsset asset, boolean isServed) {}

    public ShareContents contents() {
        return new ShareContents(
                share,
                objects.stream().map(ObjectView::object).toList(),
                schemas.stream().map(SchemaView::schema).toList(),
                assets.stream().map(AssetView::asset).toList());
    }
}
