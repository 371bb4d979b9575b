package io.sluice.server.demo;

import io.sluice.catalog.govern.Catalogs.NewCatalog;
import io.sluice.catalog.govern.Governance;
import io.sluice.catalog.govern.Schemas.NewSchema;
import io.sluice.crypto.kms.LocalKms;
import io.sluice.lake.table.TableRow;
import io.sluice.model.failure.Failure;
import io.sluice.model.name.SchemaName;
import io.sluice.model.name.TableName;
import io.sluice.replica.ReplicaKind;
import io.sluice.replica.ReplicaRequest;
import io.sluice.replica.Replicas;
import io.sluice.server.demo.DemoTables.Shape;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the newcomer's world: a plain catalog and a sealed one, tables with a history, files, a function and a model,
 * people who may see more or less of it, two shares, a replica that was synced twice and the bill for it. Each step
 * looks first whether it was done, so that a start that was cut short is continued by the next one.
 */
@Singleton
public final class DemoWorld {
    /** Days of trade that lie behind when the replica is synced for the first time. */
    private static final int DAYS = 2;

    private final Governance governance;
    private final LocalKms kms;
    private final Replicas replicas;
    private final DemoTables tables;
    private final DemoAssets assets;
    private final DemoPeople people;
    private final DemoShares shares;

    DemoWorld(
            Governance governance,
            LocalKms kms,
            Replicas replicas,
            DemoTables tables,
            DemoAssets assets,
            DemoPeople people,
            DemoShares shares) {
        this.governance = governance;
        this.kms = kms;
        this.replicas = replicas;
        this.tables = tables;
        this.assets = assets;
        this.people = people;
        this.shares = shares;
    }

    public void make() {
        try {
            if (shares.areMade()) {
                shares.readdress();
                return;
            }
            catalog("retail", tables.folder(0, "retail"), null);
            schema(DemoNames.ORDERS.schema());
            schema(DemoNames.PRODUCTS.schema());
            catalog("finance", null, kms.create("finance"));
            schema(DemoNames.PAYMENTS.schema());
            sales();
            stock();
            tables.external(DemoNames.PAYMENTS, Shape.plain(DemoRows.PAYMENTS), days(DemoRows::payments));
            assets.make();
            replica();
            people.make();
            shares.make(Steps.ADMIN.name());
        } catch (IOException e) {
            throw new UncheckedIOException("the demo world cannot be made", e);
        }
    }

    private void sales() throws IOException {
        tables.external(DemoNames.CUSTOMERS, Shape.plain(DemoRows.CUSTOMERS), List.of(DemoRows.customers()));
        tables.external(
                DemoNames.ORDER_LINES,
                Shape.partitioned(DemoRows.ORDER_LINES, DemoRows.ORDER_DATE).keepingChanges(),
                days(DemoRows::orderLines));
        tables.external(DemoNames.ORDERS, Shape.plain(DemoRows.ORDERS), days(DemoRows::orders));
        tables.external(
                DemoNames.RETURNS, Shape.withVectors(DemoRows.RETURNS).keepingChanges(), days(DemoRows::returns));
        tables.author(DemoNames.RETURNS).deleteWhere(row -> Objects.equals(row.get("withdrawn"), true));
    }

    private void stock() throws IOException {
        tables.external(DemoNames.PRODUCTS, Shape.plain(StockRows.PRODUCTS), List.of(StockRows.productRows()));
        tables.external(DemoNames.LEVELS, Shape.plain(StockRows.LEVELS), List.of(StockRows.levels()));
        tables.managed(DemoNames.MOVEMENTS, StockRows.MOVEMENTS, days(StockRows::movements));
        tables.iceberg(
                DemoNames.DELIVERIES,
                Shape.partitioned(StockRows.DELIVERIES, "arrived_on"),
                days(StockRows::deliveries));
    }

    private static List<List<TableRow>> days(IntFunction<List<TableRow>> rows) {
        return IntStream.range(0, DAYS).mapToObj(rows).toList();
    }

    private void catalog(String name, @Nullable String storageRoot, @Nullable String customerManagedKey) {
        Steps.ensure(() -> governance
                .catalogs()
                .create(Steps.ADMIN, new NewCatalog(name, null, Map.of(), storageRoot, customerManagedKey)));
    }

    private void schema(SchemaName name) {
        Steps.ensure(() -> governance
                .schemas()
                .create(
                        Steps.ADMIN,
                        new NewSchema(name.catalog().value(), name.schema().value(), null, Map.of(), null)));
    }

    private void replica() throws IOException {
        Steps.ensure(() -> replicas.define(new ReplicaRequest(
                DemoNames.REPLICA,
                DemoNames.ORDERS,
                tables.id(DemoNames.ORDERS),
                tables.location(0, DemoNames.ORDERS),
                tables.location(1, DemoNames.ORDERS),
                ReplicaKind.SQUASH,
                DemoNames.PRODUCER)));
        replicas.sync(DemoNames.REPLICA);
        if (tables.latestVersion(DemoNames.ORDERS) == DAYS) businessDay();
        replicas.sync(DemoNames.REPLICA);
    }

    /** What a day of trade appended. */
    public record Day(TableName table, long version, int rows) {}

    /** Lets a day of trade pass at the source: one more commit of orders, and of their lines. */
    public synchronized Day businessDay() {
        try {
            int next = Math.toIntExact(tables.latestVersion(DemoNames.ORDERS) + 1);
            // Lines first: a day that was cut short has lines without orders, and is taken up again.
            if (tables.latestVersion(DemoNames.ORDER_LINES) < next)
                tables.author(DemoNames.ORDER_LINES).append(DemoRows.orderLines(next - 1));
            List<TableRow> orders = DemoRows.orders(next - 1);
            return new Day(DemoNames.ORDERS, tables.author(DemoNames.ORDERS).append(orders), orders.size());
        } catch (IOException e) {
            throw Failure.unavailable(e, "The demo table cannot be written. Try again.");
        }
    }
}
