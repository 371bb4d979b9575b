package io.sluice.catalog.mount;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sluice.catalog.commits.DeltaSchema;
import io.sluice.catalog.mount.MountedShares.RemoteColumns;
import io.sluice.catalog.mount.MountedShares.RemoteTable;
import io.sluice.catalog.record.CatalogRecord;
import io.sluice.catalog.record.Column;
import io.sluice.catalog.record.Mount;
import io.sluice.catalog.record.SchemaRecord;
import io.sluice.catalog.record.TableRecord;
import io.sluice.catalog.record.TableRecord.TableType;
import io.sluice.catalog.snapshot.CatalogSnapshot;
import io.sluice.model.failure.Failure;
import io.sluice.model.name.SchemaName;
import io.sluice.model.name.TableName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * What is in mounted catalogs, as snapshots like those of the store, so that whoever looks at a catalog need not know
 * which it is. Nothing of it is stored. Safe for many threads.
 */
public final class MountedContents {
    /** In memory at once; each is as large as its share. */
    private static final int MOST_CATALOGS = 64;

    private static final String FORMAT = "DELTASHARING";
    private static final ObjectMapper JSON = new JsonMapper();

    private final MountedShares shares;
    private final Map<String, Built> lately = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Built> eldest) {
            return size() > MOST_CATALOGS;
        }
    };

    public MountedContents(MountedShares shares) {
        this.shares = shares;
    }

    /** What a catalog looked like when its share was listed so. */
    private record Built(CatalogRecord catalog, List<RemoteTable> listing, CatalogSnapshot contents) {}

    public MountedShares shares() {
        return shares;
    }

    /** All schemas and tables; the tables without columns, which each have to be asked for. */
    public CatalogSnapshot of(CatalogRecord catalog) {
        List<RemoteTable> listing = shares.tables(mount(catalog));
        synchronized (lately) {
            Built known = lately.get(catalog.id());
            // The very same list, not an equal one: comparing would cost as much as building.
            if (known != null && known.listing() == listing && known.catalog().equals(catalog)) return known.contents();
        }
        Built built = new Built(catalog, listing, build(catalog, listing));
        synchronized (lately) {
            lately.put(catalog.id(), built);
        }
        return built.contents();
    }

    /** As above with the columns of one table, if it exists. */
    public CatalogSnapshot with(CatalogRecord catalog, TableName name) {
        CatalogSnapshot contents = of(catalog);
        if (contents.find(name).isEmpty()) return contents;
        RemoteTable remote =
                new RemoteTable(name.schema().schema().value(), name.table().value());
        return contents.showing(table(catalog, name, columns(name, shares.columns(mount(catalog), remote))));
    }

    /** Whether an id can be only that of a table in a mounted catalog: such ids are made of names, all others at random. */
    public static boolean isMountedId(String id) {
        try {
            return UUID.fromString(id).version() == 3;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static CatalogSnapshot build(CatalogRecord catalog, List<RemoteTable> listing) {
        Map<SchemaName, SchemaRecord> schemas = new LinkedHashMap<>();
        List<TableRecord> tables = new ArrayList<>();
        for (RemoteTable remote : listing) {
            Optional<TableName> name = name(catalog, remote);
            if (name.isEmpty()) continue;
            schemas.computeIfAbsent(name.get().schema(), schema -> schema(catalog, schema));
            tables.add(table(catalog, name.get(), List.of()));
        }
        return CatalogSnapshot.showing(catalog.name(), List.copyOf(schemas.values()), tables);
    }

    /** Empty for names that cannot be said here. */
    private static Optional<TableName> name(CatalogRecord catalog, RemoteTable remote) {
        try {
            return Optional.of(TableName.of(catalog.name().value(), remote.schema(), remote.table()));
        } catch (Failure unsayable) {
            return Optional.empty();
        }
    }

    private static SchemaRecord schema(CatalogRecord catalog, SchemaName name) {
        return new SchemaRecord(
                id(catalog, name.schema().value()), name, null, Map.of(), null, catalog.stamp(), catalog.version());
    }

    private static TableRecord table(CatalogRecord catalog, TableName name, List<Column> columns) {
        return new TableRecord(
                id(catalog, name.schema().schema() + "." + name.table()),
                name,
                TableType.EXTERNAL,
                FORMAT,
                columns,
                "uc-deltasharing://" + name,
                null,
                Map.of(),
                catalog.stamp(),
                catalog.version());
    }

    private static List<Column> columns(TableName name, RemoteColumns remote) {
        try {
            return DeltaSchema.read(JSON.readTree(remote.schemaString())).stream()
                    .map(column -> partitioned(column, remote.partitionColumns()))
                    .toList();
        } catch (JsonProcessingException | Failure e) {
            throw Failure.refusedElsewhere(
                    e, "The columns of table %s are told by the provider in a way that cannot be understood.", name);
        }
    }

    private static Column partitioned(Column column, List<String> partitionColumns) {
        int index = partitionColumns.indexOf(column.name());
        return index < 0 ? column : column.partitionedAs(index);
    }

    /** The same as long as the catalog stands. */
    private static String id(CatalogRecord catalog, String name) {
        return UUID.nameUUIDFromBytes((catalog.id() + "\n" + name).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private static Mount mount(CatalogRecord catalog) {
        return Objects.requireNonNull(catalog.mount());
    }
}
