package io.sluice.catalog.snapshot;

import io.sluice.catalog.record.SchemaRecord;
import io.sluice.catalog.record.TableRecord;
import io.sluice.catalog.store.CatalogStore;
import io.sluice.catalog.store.LogImage;
import io.sluice.catalog.store.SqlUnitOfWork;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Names of a schema of which it is not known in memory what tables they belong to.
 *
 * @param from where reading begins
 * @param end the first name after the gap; empty when it goes to the end
 */
record TableGap(String catalogId, SchemaRecord schema, String from, Optional<String> end) {
    /** Reads up to so many tables of the gap, as of one instant. */
    Contents read(SqlUnitOfWork work, CatalogStore store, int limit) {
        // One more, which tells where the next gap begins.
        LogImage image = work.read(connection -> store.tables(connection, catalogId, schema.id(), from, limit + 1));
        // A row says the names that the schema and the catalog had when it was written.
        List<TableRecord> tables = new ArrayList<>(
                image.tables().stream().map(table -> table.in(schema.name())).toList());
        tables.sort(Comparator.comparing(TableGap::nameOf, NameOrder::compare));
        Optional<String> upTo = end;
        if (tables.size() > limit) {
            String next = nameOf(tables.remove(limit));
            if (isBeforeEnd(next)) upTo = Optional.of(next);
        }
        List<String> names = new ArrayList<>();
        List<TableNode> nodes = new ArrayList<>();
        for (TableRecord table : tables) {
            if (!isBeforeEnd(nameOf(table))) break;
            names.add(nameOf(table));
            nodes.add(TableNode.of(table, image.grantsOn(table.id())));
        }
        return new Contents(schema, image.sequence(), TableRange.of(from, names, nodes), upTo);
    }

    private boolean isBeforeEnd(String name) {
        return end.isEmpty() || NameOrder.compare(name, end.get()) < 0;
    }

    private static String nameOf(TableRecord table) {
        return table.name().table().value();
    }

    /** @param upTo the first name after those that were read; empty when there is none */
    record Contents(SchemaRecord schema, long sequence, TableRange range, Optional<String> upTo)
            implements Followed.Part<CatalogSnapshot> {
        @Override
        public CatalogSnapshot into(CatalogSnapshot snapshot) {
            return snapshot.inSchema(
                    schema.id(),
                    schema.name().schema(),
                    node -> node.with(node.tables().filled(range, upTo)));
        }
    }
}
