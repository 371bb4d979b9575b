package io.sluice.server.wiring;

import io.sluice.catalog.govern.Tables;
import io.sluice.catalog.record.TableRecord;
import io.sluice.lake.delta.DeltaLog;
import io.sluice.lake.iceberg.IcebergLog;
import io.sluice.lake.store.ObjectStore;
import io.sluice.lake.table.TableFormat;
import io.sluice.lake.table.TableLog;
import io.sluice.sharing.files.StoredTable;
import io.sluice.sharing.files.TableFiles;
import java.util.Optional;

/** Opens the tables of the catalog, each with the log of its format. */
public record CatalogTables(Places places, Tables tables) implements TableFiles {
    public static TableFormat format(TableRecord table) {
        return TableFormat.find(table.format())
                .orElseThrow(() -> new IllegalStateException("table " + table.id() + " is " + table.format()));
    }

    @Override
    public OpenedTable open(StoredTable table) {
        ObjectStore store = places.open(table.tableId(), table.location(), table.sealedScope());
        TableLog log = tables.withId(table.tableId())
                // A copy is a Delta table, and so is what is not in the catalog any more: nobody asks for its log.
                .filter(source -> source.location().equals(table.location().toString()))
                .filter(source -> format(source) == TableFormat.ICEBERG)
                .<TableLog>map(source -> IcebergLog.at(store, () -> metadataLocation(source)))
                .orElseGet(() -> DeltaLog.at(store));
        return new OpenedTable(log, store);
    }

    /** As the catalog says now. */
    private Optional<String> metadataLocation(TableRecord opened) {
        return tables.find(opened.name())
                .map(Tables.Usable::table)
                .filter(named -> named.id().equals(opened.id()))
                .or(() -> tables.withId(opened.id()))
                .map(now -> now.properties().get(IcebergLog.METADATA_LOCATION));
    }
}
