package io.sluice.bench.conformance.share;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.bench.conformance.check.NotApplicable;
import io.sluice.bench.conformance.share.SharedTable.TableName;
import io.sluice.bench.conformance.wire.Server;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What there is to check against.
 *
 * @param tables those that could be looked at
 * @param passedBy the others
 */
public record World(Server server, List<JsonNode> shares, List<SharedTable> tables, List<PassedBy> passedBy) {
    /** A table that is listed and could not be looked at. */
    public record PassedBy(SharedTable table, String reason) {
        @Override
        public String toString() {
            return table.name() + ": " + reason;
        }
    }

    public World {
        shares = List.copyOf(shares);
        tables = List.copyOf(tables);
        passedBy = List.copyOf(passedBy);
    }

    /** The first share that was listed. */
    public String share() {
        return shares.get(0).path("name").asText();
    }

    /** A schema with a table in it. */
    public String schema() {
        return any().name().schema();
    }

    /** A name under which nothing is shared. */
    public SharedTable missing() {
        SharedTable there = any();
        TableName name = new TableName(there.name().share(), there.name().schema(), "conformance_no_such_table");
        return SharedTable.unseen(server, name, there.listed());
    }

    public SharedTable any() {
        return table();
    }

    /** A table that every client can read. */
    public SharedTable plain() {
        return table(Trait.PLAIN, Trait.FILLED);
    }

    /** The handiest table with these properties: one whose contents are known, else a small one. */
    public SharedTable table(Trait... wanted) {
        return all(wanted)
                .findFirst()
                .orElseThrow(() -> new NotApplicable("The share has no table" + words(wanted) + "."));
    }

    /** A plain table that lacks a property, to see it refused. */
    public SharedTable without(Trait lacked) {
        return all(Trait.PLAIN)
                .filter(table -> !table.has(lacked))
                .findFirst()
                .orElseThrow(() -> new NotApplicable("Every table readable by every client is one " + lacked
                        + ": there is none to see it refused."));
    }

    /** A table with these properties that is another one than the given. */
    public SharedTable other(SharedTable than, Trait... wanted) {
        return all(wanted)
                .filter(table -> !table.name().equals(than.name()))
                .findFirst()
                .orElseThrow(() -> new NotApplicable("There is only one table" + words(wanted) + " in the share."));
    }

    public SharedTable known(KnownTable wanted) {
        return tables.stream()
                .filter(table -> table.is(wanted))
                .findFirst()
                .orElseThrow(() -> new NotApplicable("The table " + wanted.tableName() + " of --write-tables "
                        + passedBy.stream()
                                .filter(skipped -> skipped.table().is(wanted))
                                .findFirst()
                                .map(skipped -> "could not be looked at: " + skipped.reason())
                                .orElse("is not in the share.")));
    }

    /** Those tables of {@code --write-tables} whose files can be read, with the given properties. */
    public List<SharedTable> allKnown(Trait... wanted) {
        List<SharedTable> found = all(wanted)
                .filter(table -> table.known().isPresent() && table.isReadable())
                .toList();
        if (found.isEmpty())
            throw new NotApplicable("No table of --write-tables" + words(wanted) + " is in the share.");
        return found;
    }

    private Stream<SharedTable> all(Trait... wanted) {
        boolean wantsMany = Set.of(wanted).contains(Trait.MANY_FILES);
        return tables.stream()
                .filter(table -> table.has(wanted) && (wantsMany || table.isReadable()))
                .sorted(Comparator.comparing((SharedTable table) ->
                                table.known().map(Enum::ordinal).orElse(Integer.MAX_VALUE))
                        .thenComparing(SharedTable::files));
    }

    private static String words(Trait... wanted) {
        return Stream.of(wanted).map(trait -> " " + trait).collect(Collectors.joining(","));
    }
}
