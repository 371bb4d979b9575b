package io.sluice.catalog;

import io.sluice.catalog.store.StoreUrl;

class PostgresUndropTest extends UndropContract {
    @Override
    StoreUrl freshStore() throws Exception {
        return TestPostgres.freshStore();
    }
}
