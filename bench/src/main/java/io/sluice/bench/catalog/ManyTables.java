package io.sluice.bench.catalog;

import io.sluice.bench.server.Api;
import io.sluice.catalog.Estate;
import io.sluice.catalog.record.Column;
import io.sluice.catalog.record.Stamp;
import io.sluice.catalog.record.TableRecord;
import io.sluice.catalog.store.CatalogStore;
import io.sluice.catalog.store.Database;
import io.sluice.catalog.store.LocationStore;
import io.sluice.catalog.store.Origin;
import io.sluice.catalog.store.SqlUnitOfWork;
import io.sluice.catalog.store.StoreUrl;
import io.sluice.model.grant.Privilege;
import io.sluice.model.name.EntityName;
import io.sluice.model.name.TableName;
import io.sluice.model.work.Territory;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Schemas with any number of tables, each of 10 INT columns and 3 properties. They are put into the store of a server
 * that is not running, in one transaction, because nobody wants to wait for 300,000 requests before the first figure.
 */
final class ManyTables {
    static final String CATALOG = "bench";
    private static final int COLUMNS = 10;

    private final Path data;
    private final String catalogId;

    private ManyTables(Path data, String catalogId) {
        this.data = data;
        this.catalogId = catalogId;
    }

    /** Makes the catalog on a server that runs, and remembers its store. */
    static ManyTables catalogOn(Api admin, Path data) throws Exception {
        String id = admin.post("/api/2.1/unity-catalog/catalogs", "{\"name\":\"%s\"}".formatted(CATALOG))
                .path("id")
                .asText();
        return new ManyTables(data, id);
    }

    /** @param seenBy who is granted SELECT on every so-and-so-many-th table */
    record Wanted(String schema, String schemaId, int tables, Optional<String> seenBy, int every) {}

    static String name(int number) {
        return "table_%06d".formatted(number);
    }

    /** Requires: the server does not run. */
    void put(List<Wanted> schemas) {
        try (Database database = Database.open(StoreUrl.parse("sqlite:" + data.resolve("metastore.db")))) {
            SqlUnitOfWork work =
                    new SqlUnitOfWork(database, Estate.WHOLE, Clock.systemUTC(), () -> Origin.internal("bench"));
            CatalogStore store = new CatalogStore();
            LocationStore locations = work.locations();
            work.write(Territory.of(EntityName.of(CATALOG)), transaction -> {
                for (Wanted wanted : schemas)
                    for (int i = 0; i < wanted.tables(); i++) {
                        TableRecord table = table(wanted.schema(), i);
                        store.insert(
                                transaction.connection(), catalogId, Optional.of(wanted.schemaId()), name(i), table);
                        locations.claim(transaction.connection(), table.location(), table.id());
                        if (wanted.seenBy().isPresent() && i % wanted.every() == 0)
                            store.addGrant(
                                    transaction.connection(),
                                    catalogId,
                                    table.id(),
                                    wanted.seenBy().get(),
                                    Privilege.SELECT);
                    }
                return schemas.size();
            });
        }
    }

    private static TableRecord table(String schema, int number) {
        return new TableRecord(
                UUID.randomUUID().toString(),
                TableName.of(CATALOG, schema, name(number)),
                TableRecord.TableType.EXTERNAL,
                "DELTA",
                IntStream.range(0, COLUMNS).mapToObj(ManyTables::column).toList(),
                "s3://lake/%s/%s/%s".formatted(CATALOG, schema, name(number)),
                null,
                Map.of("delta.minReaderVersion", "1", "team", "team-" + number % 7, "loaded.by", "job-" + number % 997),
                Stamp.created("admin", System.currentTimeMillis()),
                1);
    }

    private static Column column(int position) {
        String name = "column_" + position;
        return new Column(
                name,
                "int",
                "{\"name\":\"%s\",\"type\":\"integer\",\"nullable\":true,\"metadata\":{}}".formatted(name),
                "INT",
                null,
                null,
                null,
                position,
                null,
                true,
                null);
    }

    /** The body of a request that creates such a table. */
    static String createBody(String schema, String name) {
        StringBuilder columns = new StringBuilder();
        for (int i = 0; i < COLUMNS; i++) {
            Column column = column(i);
            columns.append(i == 0 ? "" : ",")
                    .append(
                            "{\"name\":\"%s\",\"type_text\":\"int\",\"type_name\":\"INT\",\"position\":%d,\"nullable\":true,"
                                    .formatted(column.name(), i))
                    .append("\"type_json\":\"")
                    .append(String.valueOf(column.typeJson()).replace("\"", "\\\""))
                    .append("\"}");
        }
        return """
                {"name":"%s","catalog_name":"%s","schema_name":"%s","table_type":"EXTERNAL","data_source_format":"DELTA",
                 "storage_location":"s3://lake/%s/%s/%s","columns":[%s],
                 "properties":{"delta.minReaderVersion":"1","team":"team-1","loaded.by":"job-1"}}""".formatted(name, CATALOG, schema, CATALOG, schema, name, columns);
    }
}
