package io.sluice.catalog.snapshot;

import io.sluice.catalog.record.Grants;
import io.sluice.catalog.record.SchemaRecord;
import io.sluice.catalog.record.TableRecord;
import io.sluice.model.name.EntityName;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A schema and what is in it. */
public final class SchemaNode {
    private final SchemaRecord schema;
    private final Grants grants;
    private final byte[] body;
    private final TableIndex tables;
    private final Holders holders;
    private final AssetIndex assets;

    private SchemaNode(
            SchemaRecord schema, Grants grants, byte[] body, TableIndex tables, Holders holders, AssetIndex assets) {
        this.schema = schema;
        this.grants = grants;
        this.body = body;
        this.tables = tables;
        this.holders = holders;
        this.assets = assets;
    }

    /** One that was just made, and has nothing in it. */
    static SchemaNode fresh(SchemaRecord schema) {
        return new SchemaNode(
                schema, Grants.NONE, WireBodies.of(schema), TableIndex.EMPTY, Holders.NONE, AssetIndex.EMPTY);
    }

    /** One of which only this is known. */
    static SchemaNode unread(SchemaRecord schema) {
        return new SchemaNode(
                schema, Grants.NONE, WireBodies.of(schema), TableIndex.UNREAD, Holders.NONE, AssetIndex.EMPTY);
    }

    public SchemaRecord schema() {
        return schema;
    }

    public Grants grants() {
        return grants;
    }

    public byte[] body() {
        return body;
    }

    public TableIndex tables() {
        return tables;
    }

    public AssetIndex assets() {
        return assets;
    }

    /** Requires: the table's name is known, see {@link TableIndex#knows}. */
    public Optional<TableNode> find(EntityName table) {
        return tables.find(table.value());
    }

    /** The names, in order, of tables on which one of the principals holds something of its own; empty if not known. */
    public Optional<NavigableSet<String>> heldBy(Set<String> principals) {
        if (!holders.areComplete()) return Optional.empty();
        List<String> relevant =
                principals.stream().filter(holders.tablesOf()::containsKey).toList();
        if (relevant.size() == 1) return Optional.of(holders.tablesOf(relevant.get(0)));
        NavigableSet<String> all = new TreeSet<>(NameOrder::compare);
        relevant.forEach(principal -> all.addAll(holders.tablesOf(principal)));
        return Optional.of(all);
    }

    SchemaNode with(SchemaRecord changed) {
        Holders known = changed.owner().equals(schema.owner()) ? holders : holders.incomplete();
        return new SchemaNode(changed, grants, WireBodies.of(changed), tables, known, assets);
    }

    SchemaNode with(Grants newGrants) {
        return new SchemaNode(schema, newGrants, body, tables, holders, assets);
    }

    SchemaNode with(AssetIndex changed) {
        return new SchemaNode(schema, grants, body, tables, holders, changed);
    }

    SchemaNode with(TableIndex changed) {
        return new SchemaNode(schema, grants, body, changed, holders, assets);
    }

    /** Its tables say the old name, so they are read again when they are asked for. */
    SchemaNode renamed(SchemaRecord changed) {
        return new SchemaNode(
                changed, grants, WireBodies.of(changed), TableIndex.UNREAD, holders, assets.in(changed.name()));
    }

    SchemaNode holding(String table, Set<String> principals) {
        return new SchemaNode(schema, grants, body, tables, holders.with(table, principals), assets);
    }

    SchemaNode plus(TableRecord table) {
        String name = table.name().table().value();
        Grants held =
                tables.knows(name) ? tables.find(name).map(TableNode::grants).orElse(Grants.NONE) : Grants.NONE;
        SchemaNode changed = with(tables.plus(name, TableNode.of(table, held)));
        // What was granted on a table that is not in memory stays among its holders.
        Set<String> principals = new HashSet<>(
                tables.knows(name)
                        ? held.byPrincipal().keySet()
                        : holders.holdersOf().getOrDefault(name, Set.of()));
        return changed.holding(name, withOwner(principals, table.owner()));
    }

    SchemaNode minus(EntityName table) {
        return with(tables.minus(table.value())).holding(table.value(), Set.of());
    }

    SchemaNode granted(EntityName table, Grants newGrants) {
        String name = table.value();
        Set<String> principals = new HashSet<>(newGrants.byPrincipal().keySet());
        if (!tables.knows(name)) {
            // Whether the owner was among the holders is not known here; one too many costs a check, no more.
            principals.addAll(holders.holdersOf().getOrDefault(name, Set.of()));
            return holding(name, principals);
        }
        return tables.find(name)
                .map(node -> with(tables.plus(name, node.with(newGrants)))
                        .holding(name, withOwner(principals, node.owner())))
                .orElse(this);
    }

    private Set<String> withOwner(Set<String> principals, String owner) {
        if (!owner.equals(schema.owner())) principals.add(owner);
        return Set.copyOf(principals);
    }
}
