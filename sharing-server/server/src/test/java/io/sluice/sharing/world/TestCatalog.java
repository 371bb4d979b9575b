package io.sluice.sharing.world;

import io.sluice.lake.table.TableFormat;
import io.sluice.model.failure.Failure;
import io.sluice.model.name.SchemaName;
import io.sluice.model.name.TableName;
import io.sluice.sharing.NameOrder;
import io.sluice.sharing.share.ShareCatalog;
import io.sluice.sharing.share.SharedTable;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Tables by name; everybody may share everything until told otherwise. */
public final class TestCatalog implements ShareCatalog {
    private final Map<TableName, SharedTable> tables = new ConcurrentHashMap<>();
    private final Map<SchemaName, String> schemas = new ConcurrentHashMap<>();
    public final AtomicInteger listings = new AtomicInteger();
    private final Set<String> denied = new HashSet<>();

    public void put(SharedTable table) {
        tables.put(table.name(), table);
        schemas.putIfAbsent(table.name().schema(), UUID.randomUUID().toString());
    }

    /** The same under another name, for tests of many names. */
    public void put(SharedTable like, TableName name) {
        put(new SharedTable(
                UUID.randomUUID().toString(),
                name,
                like.format(),
                like.location(),
                like.sealedScope(),
                like.owner(),
                like.comment()));
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

    /** The principal may not give that table, or that schema, to others. */
    public void deny(String principal, String name) {
        denied.add(principal + " " + name);
    }

    public void allow(String principal, String name) {
        denied.remove(principal + " " + name);
    }

    /** A schema that another one took the name of. */
    public void replace(SchemaName schema) {
        schemas.put(schema, UUID.randomUUID().toString());
    }

    @Override
    public Optional<SharedTable> find(TableName name) {
        return Optional.ofNullable(tables.get(name));
    }

    @Override
    public SharedTable requireShareable(String principal, TableName name) {
        if (!mayShareAll(principal, name.schema()) && denied.contains(principal + " " + name)
                || denied.contains(principal)) throw Failure.denied("%s may not share %s.", principal, name);
        return find(name).orElseThrow(() -> Failure.notFound(Failure.Subject.TABLE, "No table %s.", name));
    }

    /** Every schema exists that has, or had, a table. */
    @Override
    public Optional<String> schemaId(SchemaName name) {
        return Optional.ofNullable(schemas.get(name));
    }

    @Override
    public String requireShareableSchema(String principal, SchemaName name) {
        if (!mayShareAll(principal, name)) throw Failure.denied("%s may not share %s.", principal, name);
        return schemaId(name).orElseThrow(() -> Failure.notFound(Failure.Subject.SCHEMA, "No schema %s.", name));
    }

    @Override
    public List<SharedTable> tablesOf(SchemaName schema, String after, int most) {
        listings.incrementAndGet();
        return tables.values().stream()
                .filter(table -> table.name().schema().equals(schema))
                .sorted(Comparator.comparing(TestCatalog::nameOf, NameOrder.BY_CODE_POINTS))
                .filter(table -> NameOrder.BY_CODE_POINTS.compare(nameOf(table), after) > 0)
                .limit(most)
                .toList();
    }

    private static String nameOf(SharedTable table) {
        return table.name().table().value();
    }

    /** What is held on a schema is held on its tables. */
    private boolean mayShareAll(String principal, SchemaName schema) {
        return !denied.contains(principal) && !denied.contains(principal + " " + schema);
    }
}
