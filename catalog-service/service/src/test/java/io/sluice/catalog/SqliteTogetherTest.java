package io.sluice.catalog;

import io.sluice.catalog.store.StoreUrl;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteTogetherTest extends TogetherContract {
    @TempDir
    Path folder;

    @Override
    StoreUrl freshStore() {
        return StoreUrl.parse("sqlite:" + folder.resolve("metastore.db"));
    }
}
