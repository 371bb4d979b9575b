package io.sluice.sharing.world;

import io.sluice.lake.table.TableFormat;
import io.sluice.model.failure.Failure;
import io.sluice.model.name.TableName;
import io.sluice.sharing.share.ShareCatalog;
import io.sluice.sharing.share.SharedTable;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Tables by name; everybody may share everything until told otherwise. */
public final class TestCatalog implements ShareCatalog {
    private final Map<TableName, SharedTable> tables = new ConcurrentHashMap<>();
    private final Set<String> denied = new HashSet<>();

    public void put(SharedTable table) {
        tables.put(table.name(), table);
    }

    /** Of the table that has the id. */
    TableFormat format(String id) {
        return tables.values().stream()
                .filter(table -> table.id().equals(id))
                .map(SharedTable::format)
                .findFirst()
                .orElse(TableFormat.DELTA);
    }

    public void drop(TableName name) {
        tables.remove(name);
    }

    public void deny(String principal) {
        denied.add(principal);
    }

    public void allow(String principal) {
        denied.remove(principal);
    }

    @Override
    public Optional<SharedTable> find(TableName name) {
        return Optional.ofNullable(tables.get(name));
    }

    @Override
    public SharedTable requireShareable(String principal, TableName name) {
        if (denied.contains(principal)) throw Failure.denied("%s may not share %s.", principal, name);
        return find(name).orElseThrow(() -> Failure.notFound(Failure.Subject.TABLE, "No table %s.", name));
    }
}
