package io.sluice.sharing.share;

import io.sluice.model.name.TableName;
import io.sluice.sharing.NameOrder;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is in a share. Immutable.
 *
 * <p>A table may be meant twice: by an object of its own, and by its schema. Then its own object alone says under which
 * name and how much of it is given, so that a limit on one table holds whatever else is shared, and a name stands for
 * one table.
 */
public final class ShareContents {
    private final Share share;
    private final Map<String, NavigableMap<String, SharedObject>> objects = new HashMap<>();
    private final Map<String, SharedSchema> schemas = new HashMap<>();
    private final List<SharedAsset> assets;
    private final Set<TableName> ownTables = new HashSet<>();
    private final Set<String> ids = new HashSet<>();

    public ShareContents(
            Share share, List<SharedObject> objects, List<SharedSchema> schemas, List<SharedAsset> assets) {
        this.share = share;
        for (SharedObject object : objects) {
            this.objects
                    .computeIfAbsent(object.sharedAs().schema(), schema -> new TreeMap<>(NameOrder.BY_CODE_POINTS))
                    .put(object.sharedAs().table(), object);
            ownTables.add(object.table());
            ids.add(object.tableId());
        }
        for (SharedSchema schema : schemas) {
            this.schemas.put(schema.sharedAs(), schema);
            ids.add(schema.schemaId());
        }
        this.assets = List.copyOf(assets);
    }

    public Share share() {
        return share;
    }

    Optional<SharedObject> object(SharedAs name) {
        return Optional.ofNullable(under(name.schema()).get(name.table()));
    }

    /** The tables with objects of their own under a schema, behind a name of that schema, in order. */
    Collection<SharedObject> objectsBehind(String schema, String table) {
        return under(schema).tailMap(table, false).values();
    }

    /** The schema that recipients know by that name, if it is shared as a whole. */
    Optional<SharedSchema> schema(String sharedAs) {
        return Optional.ofNullable(schemas.get(sharedAs));
    }

    List<SharedAsset> assets() {
        return assets;
    }

    /** Whether a table is given by its schema alone, rather than by an object of its own or under a name that is taken. */
    boolean isGivenBy(SharedSchema schema, TableName table) {
        return !ownTables.contains(table)
                && !under(schema.sharedAs()).containsKey(table.table().value());
    }

    /** The schemas' names for recipients, whether or not there is something in them now. */
    public NavigableSet<String> schemaNames() {
        NavigableSet<String> names = new TreeSet<>(NameOrder.BY_CODE_POINTS);
        names.addAll(schemas.keySet());
        names.addAll(objects.keySet());
        for (SharedAsset asset : assets) names.add(asset.sharedAs().schema());
        return names;
    }

    /** Whether it names the table, by itself or with its schema. */
    public boolean names(TableName table) {
        return ownTables.contains(table)
                || schemas.values().stream().anyMatch(schema -> schema.schema().equals(table.schema()));
    }

    /** @param id of a table or a schema that is shared as such */
    boolean holds(String id) {
        return ids.contains(id);
    }

    private NavigableMap<String, SharedObject> under(String schema) {
        return objects.getOrDefault(schema, Collections.emptyNavigableMap());
    }
}
