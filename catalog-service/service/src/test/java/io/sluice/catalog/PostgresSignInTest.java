package io.sluice.catalog;

import io.sluice.catalog.store.StoreUrl;

class PostgresSignInTest extends SignInContract {
    @Override
    StoreUrl freshStore() throws Exception {
        return TestPostgres.freshStore();
    }
}
