package io.sluice.catalog;

import io.sluice.catalog.store.StoreUrl;

class PostgresDeltaTablesTest extends DeltaTablesContract {
    @Override
    StoreUrl freshStore() throws Exception {
        return TestPostgres.freshStore();
    }
}
