package io.sluice.replica.sync;

import io.sluice.lake.store.LocalObjectStore;
import io.sluice.lake.store.MeteredStore;
import io.sluice.lake.store.ObjectStore;
import io.sluice.model.money.Money;
import io.sluice.model.name.TableName;
import io.sluice.model.place.Lane;
import io.sluice.model.place.Region;
import io.sluice.model.usage.ByteCount;
import io.sluice.model.usage.TransferReceipt;
import io.sluice.replica.MeteredSource;
import io.sluice.replica.PriceQuote;
import io.sluice.replica.Replica;
import io.sluice.replica.ReplicaKind;
import io.sluice.replica.ReplicaPlaces;
import io.sluice.replica.UsageSink;
import io.sluice.replica.journal.MemorySyncJournal;
import io.sluice.replica.journal.SyncJournal;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * Two clouds as two folders, a ledger as a map, and a clock that moves a second whenever it is read. The meters here
 * are outside of what the sync counts with: they are the independent witness.
 */
final class World implements ReplicaPlaces, UsageSink {
    static final Region AWS = Region.parse("aws:eu-west-1");
    static final Region AZURE = Region.parse("azure:westeurope");
    static final PriceQuote NINE_CENTS = (lane, bytes, at) ->
            Money.rounded(BigDecimal.valueOf(bytes.bytes(), 9).multiply(new BigDecimal("0.09")), "USD");
    private static final Instant BEGIN = Instant.parse("2026-05-01T00:00:00Z");

    final ObjectStore sourceTable;
    final ObjectStore targetTable;
    final MeteredStore source;
    final MeteredStore target;
    final Replica replica;
    final Map<String, TransferReceipt> ledger = new LinkedHashMap<>();
    SyncJournal journal = new MemorySyncJournal();
    /** Content puts that created an object, the log's left out. */
    final AtomicLong copies = new AtomicLong();

    UnaryOperator<ObjectStore> aroundSource = store -> store;
    UnaryOperator<ObjectStore> aroundTarget = store -> store;
    SyncSettings settings = SyncSettings.DEFAULT;
    private final AtomicLong seconds = new AtomicLong();

    World(ObjectStore sourceTable, ObjectStore targetTable) {
        this.sourceTable = sourceTable;
        this.targetTable = targetTable;
        this.source = new MeteredStore(sourceTable);
        this.target = new MeteredStore(targetTable);
        this.replica = new Replica(
                "4f1d7a52-0b7e-4a3f-9d55-0a4f6f0b8e11",
                "orders_eu",
                TableName.parse("sales.public.orders"),
                "0d6f2f0e-table",
                sourceTable.root(),
                targetTable.root(),
                ReplicaKind.SQUASH,
                "sales",
                new Lane(AWS, AZURE),
                BEGIN);
    }

    static World in(Path folder) throws IOException {
        return new World(LocalObjectStore.at(folder.resolve("source")), LocalObjectStore.at(folder.resolve("target")));
    }

    SyncRunner runner() {
        return runner(this);
    }

    SyncRunner runner(UsageSink sink) {
        return new SyncRunner(new SyncPorts(this, journal, NINE_CENTS, sink), settings, this::now, (from, until) -> {});
    }

    SyncReport sync() {
        return ((SyncOutcome.Synced) runner().run(replica)).report();
    }

    Instant now() {
        return BEGIN.plusSeconds(seconds.incrementAndGet());
    }

    long ledgerWire() {
        return ledger.values().stream()
                .mapToLong(receipt -> receipt.wire().bytes())
                .sum();
    }

    long ledgerLogical() {
        return ledger.values().stream()
                .mapToLong(receipt -> receipt.logical().bytes())
                .sum();
    }

    @Override
    public synchronized void record(TransferReceipt receipt) {
        TransferReceipt known = ledger.putIfAbsent(receipt.id(), receipt);
        if (known != null && !known.equals(receipt)) throw new AssertionError("other contents for " + receipt.id());
        if (receipt.logical().compareTo(receipt.wire()) > 0) throw new AssertionError("unbalanced " + receipt);
    }

    @Override
    public Region regionOf(URI location) {
        return location.equals(sourceTable.root()) ? AWS : AZURE;
    }

    @Override
    public MeteredSource source(Replica replica) {
        return MeteredSource.of(aroundSource.apply(source));
    }

    @Override
    public ObjectStore target(Replica replica) {
        return aroundTarget.apply(counting(target));
    }

    private ObjectStore counting(ObjectStore store) {
        return (ObjectStore) Proxy.newProxyInstance(
                World.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(store, arguments);
                        if (result == ObjectStore.PutOutcome.CREATED
                                && !((String) arguments[0]).startsWith("_delta_log/")) copies.incrementAndGet();
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    static ByteCount bytes(long count) {
        return ByteCount.of(count);
    }
}
