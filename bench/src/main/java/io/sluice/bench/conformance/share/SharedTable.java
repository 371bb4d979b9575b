package io.sluice.bench.conformance.share;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.bench.conformance.wire.Call;
import io.sluice.bench.conformance.wire.Server;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A table as the share shows it.
 *
 * @param listed as the list of tables tells it
 * @param firstVersion the oldest that may be read; the newest where history is not shared
 * @param version the newest
 */
public record SharedTable(
        Server server,
        TableName name,
        JsonNode listed,
        Set<Trait> traits,
        long files,
        long firstVersion,
        long version) {
    /** Of a client that can read everything. */
    public static final String READS_ALL = "responseformat=delta,parquet;readerfeatures=deletionvectors,columnmapping,"
            + "timestampntz,variantType,typeWidening";

    /** Of a client that wants Delta's own actions and can read everything. */
    public static final String READS_DELTA = READS_ALL.replace("delta,parquet", "delta");

    public SharedTable {
        traits = Set.copyOf(traits);
    }

    /** A table of which no more is known than its name. */
    static SharedTable unseen(Server server, TableName name, JsonNode listed) {
        return new SharedTable(server, name, listed, Set.of(), 0, 0, 0);
    }

    /** Where a table stands in a share. */
    public record TableName(String share, String schema, String table) {
        String path() {
            return "/shares/" + Server.encoded(share) + "/schemas/" + Server.encoded(schema) + "/tables/"
                    + Server.encoded(table);
        }

        @Override
        public String toString() {
            return share + "." + schema + "." + table;
        }
    }

    public boolean has(Trait... wanted) {
        return traits.containsAll(Set.of(wanted));
    }

    public Optional<KnownTable> known() {
        return KnownTable.named(name.table());
    }

    boolean is(KnownTable table) {
        return known().filter(table::equals).isPresent();
    }

    /** Whether the files behind its URLs can be fetched, as far as is known. */
    boolean isReadable() {
        return known().map(KnownTable::isReadable).orElse(true);
    }

    public Call legacyVersion() {
        return server.call("HEAD", name.path());
    }

    public Call versionCall() {
        return server.get(name.path() + "/version");
    }

    public Call metadata() {
        return server.get(name.path() + "/metadata");
    }

    public Call query(String json) {
        return server.post(name.path() + "/query", json);
    }

    /** With what the table needs: a table that is not plain can only be read by who knows its features. */
    public Call readableQuery(String json) {
        return has(Trait.PLAIN) ? query(json) : query(json).capabilities(READS_DELTA);
    }

    public Call poll(String queryId, String json) {
        return server.post(name.path() + "/queries/" + Server.encoded(queryId), json);
    }

    public Call changes() {
        return server.get(name.path() + "/changes");
    }

    public Call changes(long from, long to) {
        return changes().param("startingVersion", from).param("endingVersion", to);
    }

    public Call credentials(String json) {
        return server.post(name.path() + "/temporary-table-credentials", json);
    }

    /** As people read it. */
    public String line() {
        String shown = traits.stream().sorted().map(Trait::name).collect(Collectors.joining(", "));
        return "%s  version %d, %d files: %s".formatted(name, version, files, shown.toLowerCase(Locale.ROOT));
    }
}
