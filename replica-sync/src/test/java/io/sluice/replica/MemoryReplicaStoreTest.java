package io.sluice.replica;

class MemoryReplicaStoreTest extends ReplicaStoreContract {
    @Override
    ReplicaStore create() {
        return new MemoryReplicaStore();
    }
}
