package io.sluice.replica;

import java.util.List;
import java.util.Optional;

/** Keeps the definitions of replicas. Safe for use by many threads. */
public interface ReplicaStore {
    /** Adds a replica. Throws {@code Failure} (already exists) when its name or its target is taken. */
    void add(Replica replica);

    Optional<Replica> find(String name);

    /** All, by name. */
    List<Replica> list();

    /** Those of one source table, by name. */
    List<Replica> ofTable(String sourceTableId);

    /** Forgets the definition; what was synced and booked stays. Answers whether there was one. */
    boolean remove(String name);
}
