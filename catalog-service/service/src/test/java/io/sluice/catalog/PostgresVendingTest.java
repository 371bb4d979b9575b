package io.sluice.catalog;

import io.sluice.catalog.store.StoreUrl;

class PostgresVendingTest extends VendingContract {
    @Override
    StoreUrl freshStore() throws Exception {
        return TestPostgres.freshStore();
    }
}
