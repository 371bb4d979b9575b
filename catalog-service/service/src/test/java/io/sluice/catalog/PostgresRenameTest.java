package io.sluice.catalog;

import io.sluice.catalog.store.StoreUrl;

class PostgresRenameTest extends RenameContract {
    @Override
    StoreUrl freshStore() throws Exception {
        return TestPostgres.freshStore();
    }
}
