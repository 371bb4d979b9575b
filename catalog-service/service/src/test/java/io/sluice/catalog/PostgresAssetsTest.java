package io.sluice.catalog;

import io.sluice.catalog.store.StoreUrl;

class PostgresAssetsTest extends AssetsContract {
    @Override
    StoreUrl freshStore() throws Exception {
        return TestPostgres.freshStore();
    }
}
