package io.sluice.catalog.record;

import io.sluice.model.grant.SecurableType;
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

    @Override
    public SecurableType type() {
        return SecurableType.SCHEMA;
    }
}
