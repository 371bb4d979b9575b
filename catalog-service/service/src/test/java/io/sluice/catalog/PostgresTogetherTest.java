package io.sluice.catalog;

import io.sluice.catalog.store.StoreUrl;

class PostgresTogetherTest extends TogetherContract {
    @Override
    StoreUrl freshStore() throws Exception {
        return TestPostgres.freshStore();
    }
}
