package io.sluice.catalog;

import io.sluice.catalog.store.StoreUrl;

class PostgresMetastoreTest extends MetastoreContract {
    @Override
    StoreUrl freshStore() throws Exception {
        return TestPostgres.freshStore();
    }
}
