package io.sluice.replica;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** For demos and tests: gone with the process. */
public final class MemoryReplicaStore implements ReplicaStore {
    private final TreeMap<String, Replica> byName = new TreeMap<>();

    @Override
    public synchronized void add(Replica replica) {
        if (byName.containsKey(replica.name())) throw ReplicaFailures.nameTaken(replica.name());
        for (Replica other : byName.values())
            if (other.targetLocation().equals(replica.targetLocation()))
                throw ReplicaFailures.targetTaken(replica.targetLocation(), other.name());
        byName.put(replica.name(), replica);
    }

    @Override
    public synchronized Optional<Replica> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    @Override
    public synchronized List<Replica> list() {
        return List.copyOf(byName.values());
    }

    @Override
    public synchronized List<Replica> ofTable(String sourceTableId) {
        return byName.values().stream()
                .filter(replica -> replica.sourceTableId().equals(sourceTableId))
                .toList();
    }

    @Override
    public synchronized boolean remove(String name) {
        return byName.remove(name) != null;
    }
}
