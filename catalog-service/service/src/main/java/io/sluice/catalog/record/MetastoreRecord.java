package io.sluice.catalog.record;

import io.sluice.model.grant.SecurableType;

public record MetastoreRecord(String id, String name, Stamp stamp, long version) implements Securable {
    @Override
    public SecurableType type() {
        return SecurableType.METASTORE;
    }
}
