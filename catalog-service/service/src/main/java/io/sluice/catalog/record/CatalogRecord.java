package io.sluice.catalog.record;

import io.sluice.model.grant.SecurableType;
import io.sluice.model.name.EntityName;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * @param storageRoot where managed tables of this catalog are put
 * @param keyScope set when the data of this catalog is sealed: the scope of its key
 * @param mount set when its contents are a share of another server, see {@link io.sluice.catalog.mount}
 */
public record CatalogRecord(
        String id,
        EntityName name,
        @Nullable String comment,
        Map<String, String> properties,
        @Nullable String storageRoot,
        @Nullable String keyScope,
        @Nullable Mount mount,
        Stamp stamp,
        long version)
        implements Securable {

    @Override
    public SecurableType type() {
        return SecurableType.CATALOG;
    }
}
