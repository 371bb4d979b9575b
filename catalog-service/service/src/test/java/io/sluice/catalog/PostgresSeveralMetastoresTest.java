package io.sluice.catalog;

import io.sluice.catalog.store.StoreUrl;

class PostgresSeveralMetastoresTest extends SeveralMetastoresContract {
    @Override
    StoreUrl freshStore() throws Exception {
        return TestPostgres.freshStore();
    }
}
