package io.sluice.catalog;

import io.sluice.catalog.store.StoreUrl;

class PostgresRacesTest extends RacesContract {
    @Override
    StoreUrl freshStore() throws Exception {
        return TestPostgres.freshStore();
    }
}
