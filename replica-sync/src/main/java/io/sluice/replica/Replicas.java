package io.sluice.replica;

import io.sluice.model.place.Lane;
import io.sluice.replica.plan.SyncPlan;
import io.sluice.replica.sync.ReplicaInspector;
import io.sluice.replica.sync.SyncOutcome;
import io.sluice.replica.sync.SyncPorts;
import io.sluice.replica.sync.SyncRunner;
import io.sluice.replica.sync.SyncSettings;
import java.net.URI;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/** What can be done with replicas. The face of this module; safe for use by many threads. */
public final class Replicas {
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_.-]{1,128}");

    private final ReplicaStore store;
    private final SyncPorts ports;
    private final InstantSource clock;
    private final SyncRunner runner;
    private final ReplicaInspector inspector;

    public Replicas(ReplicaStore store, SyncPorts ports, SyncSettings settings, InstantSource clock) {
        this.store = store;
        this.ports = ports;
        this.clock = clock;
        this.runner = new SyncRunner(ports, settings, clock);
        this.inspector = new ReplicaInspector(ports, clock);
    }

    /** Defines a replica. Nothing is copied until it is synced. */
    public Replica define(ReplicaRequest request) {
        check(request);
        Replica replica = new Replica(
                UUID.randomUUID().toString(),
                request.name(),
                request.sourceTable(),
                request.sourceTableId(),
                request.sourceLocation(),
                request.targetLocation(),
                request.kind(),
                request.producer(),
                laneOf(request),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        store.add(replica);
        return replica;
    }

    /** Throws {@code Failure} (not found). */
    public Replica get(String name) {
        return store.find(name).orElseThrow(() -> ReplicaFailures.notFound(name));
    }

    public List<Replica> list() {
        return store.list();
    }

    /** Forgets a replica. Its files and its receipts stay. */
    public void drop(String name) {
        if (!store.remove(name)) throw ReplicaFailures.notFound(name);
    }

    /** What a sync would copy, how long that may take and what it costs. Changes nothing. */
    public SyncPlan plan(String name) {
        return inspector.plan(get(name));
    }

    /** Brings the replica up to date. */
    public SyncOutcome sync(String name) {
        return runner.run(get(name));
    }

    public ReplicaStatus status(String name) {
        return inspector.status(get(name));
    }

    /** Where the sharing server finds copies. */
    public ReplicaDirectory directory() {
        return new JournalledDirectory(store, ports.journal());
    }

    private Lane laneOf(ReplicaRequest request) {
        return new Lane(
                ports.places().regionOf(request.sourceLocation()),
                ports.places().regionOf(request.targetLocation()));
    }

    private static void check(ReplicaRequest request) {
        if (!NAME.matcher(request.name()).matches()) throw ReplicaFailures.nameInvalid(request.name());
        if (request.kind() == ReplicaKind.MIRROR) throw ReplicaFailures.mirrorNotServed(request.name());
        String source = folder(request.sourceLocation());
        String target = folder(request.targetLocation());
        if (source.startsWith(target) || target.startsWith(source))
            throw ReplicaFailures.targetWithinSource(request.sourceLocation(), request.targetLocation());
    }

    private static String folder(URI location) {
        String text = location.toString();
        return text.endsWith("/") ? text : text + "/";
    }
}
