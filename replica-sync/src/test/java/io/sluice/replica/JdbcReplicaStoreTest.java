package io.sluice.replica;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class JdbcReplicaStoreTest extends ReplicaStoreContract {
    @TempDir
    Path folder;

    @Override
    ReplicaStore create() {
        return new JdbcReplicaStore(SqliteWork.in(folder));
    }
}
