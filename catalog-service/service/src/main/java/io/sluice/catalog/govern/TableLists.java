package io.sluice.catalog.govern;

import io.sluice.catalog.access.Authorizer;
import io.sluice.catalog.access.Caller;
import io.sluice.catalog.snapshot.SchemaNode;
import io.sluice.catalog.snapshot.Snapshots;
import io.sluice.catalog.snapshot.TableIndex;
import io.sluice.catalog.snapshot.TableNode;
import io.sluice.model.name.EntityName;
import io.sluice.model.name.SchemaName;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;

/**
 * Pages of tables, each full unless it is the last. Who may see all of a schema gets a scan; for whoever sees only what
 * they hold on single tables, the list goes by these, so that it costs what it shows.
 */
final class TableLists {
    private final Locator locate;
    private final Snapshots snapshots;

    TableLists(Locator locate, Snapshots snapshots) {
        this.locate = locate;
        this.snapshots = snapshots;
    }

    Page<TableNode> of(Caller caller, SchemaName name, Page.Request request) {
        Locator.InCatalog in = locate.look(caller, name.catalog());
        SchemaNode schema = in.schema(name);
        if (!Authorizer.maySee(in.root(), in.catalog(), schema, caller))
            throw Authorizer.denied(caller, "see schema", name);
        Filling page = new Filling(request.size());
        String from =
                request.after().map(after -> after + SchemaContents.JUST_AFTER).orElse("");
        Optional<NavigableSet<String>> own = ownOnly(in, schema, caller);
        if (own.isPresent())
            pick(in, schema, caller, own.get().tailSet(from, true).iterator(), page);
        else scan(caller, name, from, "%", "", page);
        return page.done();
    }

    Page<TableNode> summaries(
            Caller caller, EntityName catalog, String schemaPattern, String tablePattern, Page.Request request) {
        Locator.InCatalog in = locate.look(caller, catalog);
        if (!Authorizer.maySee(in.root(), in.catalog(), caller))
            throw Authorizer.denied(caller, "see catalog", catalog);
        Filling page = new Filling(request.size());
        String after = request.after().orElse("");
        int dot = after.indexOf('.');
        String firstSchema = dot < 0 ? after : after.substring(0, dot);
        for (SchemaNode schema : in.contents().schemas().values()) {
            SchemaName name = schema.schema().name();
            String schemaName = name.schema().value();
            int order = schemaName.compareTo(firstSchema);
            if (order < 0 || !SqlPattern.matches(schemaPattern, schemaName)) continue;
            if (!Authorizer.maySee(in.root(), in.catalog(), schema, caller)) continue;
            String from = order == 0 && dot >= 0 ? after.substring(dot + 1) + SchemaContents.JUST_AFTER : "";
            scan(caller, name, from, tablePattern, schemaName + ".", page);
            if (page.hasMore) break;
        }
        return page.done();
    }

    /** The names of the tables that the caller holds something on, where they are all that the caller may see. */
    private static Optional<NavigableSet<String>> ownOnly(Locator.InCatalog in, SchemaNode schema, Caller caller) {
        if (Authorizer.seesAll(in.root(), in.catalog(), schema, caller)) return Optional.empty();
        return schema.heldBy(Authorizer.principalsOf(in.root(), caller));
    }

    private void pick(Locator.InCatalog in, SchemaNode schema, Caller caller, Iterator<String> names, Filling page) {
        while (names.hasNext() && !page.hasMore) {
            List<String> some = new ArrayList<>();
            while (names.hasNext() && some.size() <= page.size) some.add(names.next());
            Map<String, TableNode> read = snapshots.read(
                    schema.schema(),
                    some.stream().filter(name -> !schema.tables().knows(name)).toList());
            for (String name : some) {
                Optional<TableNode> table = schema.tables().knows(name)
                        ? schema.find(EntityName.of(name))
                        : Optional.ofNullable(read.get(name));
                if (table.isPresent()
                        && Authorizer.maySee(in.root(), in.catalog(), schema, table.get(), caller)
                        && !page.add(name, table.get())) return;
            }
        }
    }

    private void scan(Caller caller, SchemaName name, String from, String pattern, String tokenPrefix, Filling page) {
        Optional<String> at = Optional.of(from);
        while (at.isPresent() && !page.hasMore) {
            Locator.InCatalog in = locate.look(caller, name, at.get());
            SchemaNode schema = in.schema(name);
            boolean seesAll = Authorizer.seesAll(in.root(), in.catalog(), schema, caller);
            TableIndex.Run run = schema.tables().from(at.get());
            for (int i = 0; i < run.names().size() && !page.hasMore; i++) {
                TableNode table = run.nodes().get(i);
                if (SqlPattern.matches(pattern, run.names().get(i))
                        && (seesAll || Authorizer.maySee(in.root(), in.catalog(), schema, table, caller)))
                    page.add(tokenPrefix + run.names().get(i), table);
            }
            at = run.next();
        }
    }

    /** A page while it fills: it is done when one more was found than it holds. */
    private static final class Filling {
        private final int size;
        private final List<TableNode> items = new ArrayList<>();
        private String last = "";
        private boolean hasMore;

        Filling(int size) {
            this.size = size;
        }

        /** Answers whether it was still taken in. */
        boolean add(String name, TableNode table) {
            if (items.size() == size) {
                hasMore = true;
                return false;
            }
            items.add(table);
            last = name;
            return true;
        }

        Page<TableNode> done() {
            return hasMore ? Page.more(items, last) : Page.last(items);
        }
    }
}
