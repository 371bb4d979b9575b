package io.sluice.server.demo;

import io.sluice.catalog.commits.Commits.Unbackfilled;
import io.sluice.catalog.commits.DeltaProtocol;
import io.sluice.catalog.commits.ManagedContract;
import io.sluice.catalog.commits.NewDelta;
import io.sluice.catalog.commits.StagedCommit;
import io.sluice.catalog.commits.TableUpdate;
import io.sluice.catalog.govern.Governance;
import io.sluice.catalog.govern.Tables.NewTable;
import io.sluice.catalog.record.StagingRecord;
import io.sluice.catalog.record.TableRecord;
import io.sluice.catalog.record.TableRecord.TableType;
import io.sluice.lake.delta.DeltaLog;
import io.sluice.lake.delta.ManagedTableAuthor;
import io.sluice.lake.delta.ManagedTableAuthor.Features;
import io.sluice.lake.delta.ManagedTableAuthor.Staged;
import io.sluice.lake.delta.TableAuthor;
import io.sluice.lake.iceberg.IcebergAuthor;
import io.sluice.lake.iceberg.IcebergLog;
import io.sluice.lake.store.ObjectStore;
import io.sluice.lake.table.TableFormat;
import io.sluice.lake.table.TableRow;
import io.sluice.lake.table.TableSchema;
import io.sluice.model.name.EntityName;
import io.sluice.model.name.SchemaName;
import io.sluice.model.name.TableName;
import io.sluice.server.wiring.Clouds;
import io.sluice.server.wiring.Places;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Registers the demo's tables and writes their rows: one commit of rows for each day. */
@Singleton
public final class DemoTables {
    private final Governance governance;
    private final Clouds clouds;
    private final Places places;
    private final Clock clock;

    DemoTables(Governance governance, Clouds clouds, Places places, Clock clock) {
        this.governance = governance;
        this.clouds = clouds;
        this.places = places;
        this.clock = clock;
    }

    /** How a table is made. */
    record Shape(TableSchema schema, List<String> partitionColumns, Map<String, String> properties) {
        static Shape plain(TableSchema schema) {
            return new Shape(schema, List.of(), Map.of());
        }

        static Shape partitioned(TableSchema schema, String column) {
            return new Shape(schema, List.of(column), Map.of());
        }

        static Shape withVectors(TableSchema schema) {
            return new Shape(schema, List.of(), Map.of(TableAuthor.DELETION_VECTORS, "true"));
        }

        /** With a change data feed. */
        Shape keepingChanges() {
            Map<String, String> more = new TreeMap<>(properties);
            more.put(TableAuthor.CHANGE_DATA_FEED, "true");
            return new Shape(schema, partitionColumns, more);
        }
    }

    void external(TableName name, Shape shape, List<List<TableRow>> days) throws IOException {
        register(name, TableFormat.DELTA, shape);
        TableAuthor author = author(name);
        long version = latestVersion(name);
        if (version < 0) author.create(shape.schema(), shape.partitionColumns(), shape.properties());
        for (int day = (int) Math.max(version, 0); day < days.size(); day++) author.append(days.get(day));
    }

    /** One of Iceberg's, whose first version is its first day. */
    void iceberg(TableName name, Shape shape, List<List<TableRow>> days) throws IOException {
        register(name, TableFormat.ICEBERG, shape);
        ObjectStore store = store(name);
        IcebergAuthor author = IcebergAuthor.at(store, shape.schema());
        long version = DemoLog.latestVersion(IcebergLog.at(store));
        if (version < 0) author.create(shape.partitionColumns());
        for (int day = (int) Math.max(version, 0); day < days.size(); day++) author.append(days.get(day));
    }

    private void register(TableName name, TableFormat format, Shape shape) {
        Steps.ensure(() -> governance
                .tables()
                .create(
                        Steps.ADMIN,
                        new NewTable(
                                name.catalog().value(),
                                name.schema().schema().value(),
                                name.table().value(),
                                TableType.EXTERNAL,
                                format.name(),
                                UnityColumns.of(shape.schema(), shape.partitionColumns()),
                                location(0, name).toString(),
                                null,
                                shape.properties())));
    }

    /** A table whose versions the catalog gives out. All but the last are published, as a writer at work leaves them. */
    void managed(TableName name, TableSchema schema, List<List<TableRow>> days) throws IOException {
        if (governance.tables().find(name).isEmpty()) createManaged(name, schema);
        TableRecord table = governance.tables().find(name).orElseThrow().table();
        ManagedTableAuthor author = managedAuthor(table.id(), table.location(), schema);
        Unbackfilled known =
                governance.managedTables().commits(Steps.ADMIN, table.id(), table.location(), 0, Long.MAX_VALUE);
        for (long version = known.latestVersion() + 1; version <= days.size(); version++) {
            Staged staged = author.stage(version, days.get((int) version - 1));
            commit(table, new TableUpdate(null, commitOf(staged), null, List.of()));
            if (version == days.size()) return;
            author.publish(version, staged.fileName());
            commit(table, new TableUpdate(null, null, version, List.of()));
        }
    }

    private void createManaged(TableName name, TableSchema schema) throws IOException {
        StagingRecord place = governance.managedTables().stage(Steps.ADMIN, name);
        DeltaProtocol protocol = ManagedContract.REQUIRED;
        Map<String, String> properties = ManagedContract.requiredProperties(place.id());
        long timestamp = managedAuthor(place.id(), place.location(), schema)
                .create(new Features(protocol.readerFeatures(), protocol.writerFeatures()), properties);
        governance
                .deltaTables()
                .create(
                        Steps.ADMIN,
                        name,
                        new NewDelta(
                                TableType.MANAGED,
                                place.location(),
                                null,
                                UnityColumns.of(schema, List.of()),
                                protocol,
                                properties,
                                null,
                                timestamp));
    }

    private void commit(TableRecord table, TableUpdate update) {
        governance.managedTables().commit(Steps.ADMIN, table.id(), table.location(), update);
    }

    private static StagedCommit commitOf(Staged staged) {
        return new StagedCommit(
                staged.version(), staged.timestampMillis(), staged.fileName(), staged.size(), staged.modifiedMillis());
    }

    private ManagedTableAuthor managedAuthor(String id, String location, TableSchema schema) {
        return ManagedTableAuthor.at(places.open(id, URI.create(location), Optional.empty()), schema, clock);
    }

    TableAuthor author(TableName name) {
        return TableAuthor.at(store(name), clock);
    }

    /** -1 when the table has no log yet. */
    long latestVersion(TableName name) throws IOException {
        return DemoLog.latestVersion(DeltaLog.at(store(name)));
    }

    private ObjectStore store(TableName name) {
        Optional<String> scope = name.catalog().equals(EntityName.of("finance"))
                ? Optional.of(DemoNames.SEALED_SCOPE)
                : Optional.empty();
        return places.open(id(name), location(0, name), scope);
    }

    String id(TableName name) {
        return governance.tables().find(name).orElseThrow().table().id();
    }

    /** Where a table, or a folder called as one, lies in a cloud. */
    URI location(int cloud, TableName name) {
        SchemaName schema = name.schema();
        return URI.create(folder(cloud, schema.catalog().value()) + "/" + schema.schema() + "/" + name.table());
    }

    /** A folder in the root of a cloud, without a slash behind. */
    String folder(int cloud, String name) {
        String root = clouds.configs().get(cloud).root().toString();
        return (root.endsWith("/") ? root : root + "/") + name;
    }
}
