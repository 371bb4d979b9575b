package io.sluice.server.demo;

import io.sluice.catalog.access.Caller;
import io.sluice.catalog.govern.Catalogs.NewCatalog;
import io.sluice.catalog.govern.Governance;
import io.sluice.catalog.govern.Schemas.NewSchema;
import io.sluice.catalog.govern.Tables.NewTable;
import io.sluice.catalog.record.TableRecord.TableType;
import io.sluice.crypto.kms.LocalKms;
import io.sluice.lake.delta.TableAuthor;
import io.sluice.lake.place.StoreConfig;
import io.sluice.lake.store.ObjectStore;
import io.sluice.lake.table.TableRow;
import io.sluice.lake.table.TableSchema;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import io.sluice.model.name.EntityName;
import io.sluice.model.name.SchemaName;
import io.sluice.model.name.TableName;
import io.sluice.replica.ReplicaKind;
import io.sluice.replica.ReplicaRequest;
import io.sluice.replica.Replicas;
import io.sluice.server.launch.Bootstrap;
import io.sluice.server.wiring.Clouds;
import io.sluice.server.wiring.Places;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes the newcomer's world: a plain catalog and a sealed one, tables with a history, two shares, a replica that was
 * synced twice and the bill for it. Each step looks first whether it was done, so that a start that was cut short is
 * continued by the next one.
 */
@Singleton
public final class DemoWorld {
    private static final Caller ADMIN = new Caller(Bootstrap.ADMIN);
    private static final int ROWS_A_DAY = 1_200;

    private final Governance governance;
    private final Clouds clouds;
    private final Places places;
    private final LocalKms kms;
    private final Replicas replicas;
    private final DemoShares shares;

    DemoWorld(Governance governance, Clouds clouds, Places places, LocalKms kms, Replicas replicas, DemoShares shares) {
        this.governance = governance;
        this.clouds = clouds;
        this.places = places;
        this.kms = kms;
        this.replicas = replicas;
        this.shares = shares;
    }

    public void make() {
        try {
            if (shares.areMade()) {
                shares.readdress();
                return;
            }
            catalog(DemoNames.ORDERS, null);
            catalog(DemoNames.PAYMENTS, kms.create("finance"));
            table(DemoNames.CUSTOMERS, DemoRows.CUSTOMERS, List.of(DemoRows.customers()));
            table(
                    DemoNames.ORDERS,
                    DemoRows.ORDERS,
                    List.of(DemoRows.orders(0, ROWS_A_DAY), DemoRows.orders(1, ROWS_A_DAY)));
            table(
                    DemoNames.PAYMENTS,
                    DemoRows.PAYMENTS,
                    List.of(DemoRows.payments(0, ROWS_A_DAY), DemoRows.payments(1, ROWS_A_DAY)));
            replica();
            shares.make(ADMIN.name());
        } catch (IOException e) {
            throw new UncheckedIOException("the demo world cannot be made", e);
        }
    }

    private void catalog(TableName first, @Nullable String customerManagedKey) {
        ensure(() -> governance
                .catalogs()
                .create(ADMIN, new NewCatalog(first.catalog().value(), null, Map.of(), null, customerManagedKey)));
        ensure(() -> governance
                .schemas()
                .create(
                        ADMIN,
                        new NewSchema(
                                first.catalog().value(), first.schema().schema().value(), null, Map.of(), null)));
    }

    private void table(TableName name, TableSchema schema, List<List<TableRow>> days) throws IOException {
        ensure(() -> governance
                .tables()
                .create(
                        ADMIN,
                        new NewTable(
                                name.catalog().value(),
                                name.schema().schema().value(),
                                name.table().value(),
                                TableType.EXTERNAL,
                                "DELTA",
                                UnityColumns.of(schema),
                                location(0, name).toString(),
                                null,
                                Map.of())));
        TableAuthor author = author(name);
        long version = DemoLog.latestVersion(store(name));
        if (version < 0) author.create(schema, List.of(), Map.of());
        for (int day = (int) Math.max(version, 0); day < days.size(); day++) author.append(days.get(day));
    }

    private void replica() throws IOException {
        ensure(() -> replicas.define(new ReplicaRequest(
                DemoNames.REPLICA,
                DemoNames.ORDERS,
                tableId(DemoNames.ORDERS),
                location(0, DemoNames.ORDERS),
                location(1, DemoNames.ORDERS),
                ReplicaKind.SQUASH,
                DemoNames.PRODUCER)));
        replicas.sync(DemoNames.REPLICA);
        if (DemoLog.latestVersion(store(DemoNames.ORDERS)) == 2) businessDay();
        replicas.sync(DemoNames.REPLICA);
    }

    /** What a day of trade appended. */
    public record Day(TableName table, long version, int rows) {}

    /** Lets a day of trade pass at the source: one more commit of orders. */
    public Day businessDay() {
        try {
            long next = DemoLog.latestVersion(store(DemoNames.ORDERS)) + 1;
            long version = author(DemoNames.ORDERS).append(DemoRows.orders((int) next, ROWS_A_DAY));
            return new Day(DemoNames.ORDERS, version, ROWS_A_DAY);
        } catch (IOException e) {
            throw Failure.unavailable(e, "The demo table cannot be written. Try again.");
        }
    }

    private TableAuthor author(TableName name) {
        return TableAuthor.at(store(name));
    }

    private ObjectStore store(TableName name) {
        Optional<String> scope = name.catalog().equals(EntityName.of("finance"))
                ? Optional.of(DemoNames.SEALED_SCOPE)
                : Optional.empty();
        return places.open(tableId(name), location(0, name), scope);
    }

    private String tableId(TableName name) {
        return governance.tables().find(name).orElseThrow().table().id();
    }

    private URI location(int cloud, TableName name) {
        StoreConfig store = clouds.configs().get(cloud);
        SchemaName schema = name.schema();
        String root = store.root().toString();
        return URI.create((root.endsWith("/") ? root : root + "/") + schema.catalog() + "/" + schema.schema() + "/"
                + name.table());
    }

    /** Does a step that may have been done before. */
    private static void ensure(Runnable step) {
        try {
            step.run();
        } catch (Failure e) {
            if (e.kind() != FailureKind.ALREADY_EXISTS) throw e;
        }
    }
}
