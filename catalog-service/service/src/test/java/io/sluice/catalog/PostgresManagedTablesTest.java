package io.sluice.catalog;

import io.sluice.catalog.store.StoreUrl;

class PostgresManagedTablesTest extends ManagedTablesContract {
    @Override
    StoreUrl freshStore() throws Exception {
        return TestPostgres.freshStore();
    }
}
