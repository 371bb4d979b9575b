package io.sluice.catalog.record;

import io.sluice.model.grant.SecurableType;
import io.sluice.model.name.EntityName;
import io.sluice.model.name.SchemaName;
import java.util.Map;
import org.jspecify.annotations.Nullable;

public record SchemaRecord(
        String id,
        SchemaName name,
        @Nullable String comment,
        Map<String, String> properties,
        @Nullable String storageRoot,
        Stamp stamp,
        long version)
        implements Securable {

    /** The same in a catalog that has another name by now. */
    public SchemaRecord in(EntityName catalog) {
        if (catalog.equals(name.catalog())) return this;
        SchemaName moved = new SchemaName(catalog, name.schema());
        return new SchemaRecord(id, moved, comment, properties, storageRoot, stamp, version);
    }

    @Override
    public SecurableType type() {
        return SecurableType.SCHEMA;
    }
}
