package io.sluice.sharder.store;

class MemoryShardStoreTest extends ShardStoreContract {
    @Override
    ShardStore create() {
        return new MemoryShardStore(1);
    }
}
