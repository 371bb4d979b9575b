package io.sluice.cli.tour;

import com.sun.net.httpserver.HttpExchange;
import io.sluice.cli.FakeServer;
import io.sluice.cli.FakeServer.Answer;
import io.sluice.cli.FakeServer.Asked;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/** A demo world in miniature that keeps its promises, except for those that a test tells it to break. */
final class FakeWorld implements AutoCloseable {
    /** What a dishonest server might do. */
    enum Fault {
        NONE,
        WRONG_TABLE,
        TORN_FILE,
        EMPTY_PLAN,
        REPLICA_LACKS_A_ROW,
        REPLICA_BYTES_DIFFER,
        READ_ACROSS_THE_LANE,
        SECOND_SYNC_COPIES_AGAIN,
        BILLED_A_BYTE_TOO_MUCH,
        STORE_SAW_MORE,
        OLD_LINK_SURVIVES_REVOKE,
        REVOKE_FAILS_MIDWAY,
        SEALED_RANGE_SHIFTED,
        SLICE_WITHOUT_OWNER,
        GAP_IN_SHARDS
    }

    private static final String UC = "/api/2.1/unity-catalog";
    private static final String OURS = "/api/1.0/sluice";
    /** Ten rows, written by DuckDB. */
    private static final byte[] PARQUET = resource("ten-rows.parquet");

    private static final long FILE = PARQUET.length;

    private final FakeServer server = new FakeServer(this::answer);
    private final Path folder;
    private final Fault fault;
    private long sourceVersion = 1;
    private long syncedVersion = 1;
    private long syncs;
    private long sourceRead = 1000;
    private long replicaRead;
    private boolean revoked;
    private int recipients;

    FakeWorld(Path folder, Fault fault) {
        this.folder = folder;
        this.fault = fault;
        profile("demo");
        profile("sealed");
    }

    String url() {
        return server.url();
    }

    boolean isRevoked() {
        return revoked;
    }

    int recipients() {
        return recipients;
    }

    private void profile(String name) {
        try {
            Files.writeString(folder.resolve(name + ".share"), profileJson(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String profileJson(String token) {
        return "{\"shareCredentialsVersion\":1,\"endpoint\":\"%s/delta-sharing/\",\"bearerToken\":\"%s\"}"
                .formatted(server.url(), token);
    }

    private synchronized Answer answer(Asked asked, HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        String verb = exchange.getRequestMethod();
        if (path.startsWith("/delta-sharing/")) return sharing(asked, path);
        if (path.startsWith("/files/")) return file(exchange, path.substring("/files/".length()));
        if (path.startsWith(UC)) return catalog(verb, path.substring(UC.length()), asked.body());
        return ours(verb, path.substring(OURS.length()));
    }

    private Answer catalog(String verb, String path, String body) {
        if (path.startsWith("/tables/"))
            return Answer.json("{\"catalog_name\":\"c\",\"schema_name\":\"s\",\"name\":\"%s\",\"columns\":[{}]}"
                    .formatted(fault == Fault.WRONG_TABLE ? "u" : "t"));
        if (path.equals("/shares/demo"))
            return Answer.json("{\"objects\":[{\"name\":\"c.s.t\",\"shared_as\":\"s.t\"}]}");
        if (path.equals("/recipients")) {
            recipients++;
            String region = body.contains("azure:west") ? "far" : "near";
            return Answer.json("{\"tokens\":[{\"activation_url\":\"%s%s/public/data_sharing_activation/%s\"}]}"
                    .formatted(server.url(), UC, region));
        }
        if (path.startsWith("/public/data_sharing_activation/"))
            return Answer.json(profileJson(path.substring(path.lastIndexOf('/') + 1)));
        if (verb.equals("DELETE")) recipients--;
        return Answer.json("{}");
    }

    private Answer ours(String verb, String path) {
        return switch (path) {
            case "/demo" -> Answer.json("""
                    {"tables":{"orders":"c.s.t"},"share":"demo","sealed_share":"sealed","replica":"r",
                     "sealed_scope":"scope","producer":"p",
                     "profiles":{"share":"%1$s/demo.share","sealed_share":"%1$s/sealed.share"}}""".formatted(folder));
            case "/shares/demo/preview" -> Answer.json("{\"rows\":[[1],[2],[3],[4],[5]]}");
            case "/demo/business-day" ->
                Answer.json("{\"table\":\"c.s.t\",\"version\":%d,\"rows\":10}".formatted(++sourceVersion));
            case "/replicas/r" ->
                Answer.json("""
                    {"source_table":"c.s.t","lane":"aws:east->azure:west","lag_versions":%d,
                     "total_wire_bytes":%d,"total_logical_bytes":%d}""".formatted(sourceVersion - syncedVersion, syncs * (FILE + 3), syncs * FILE));
            case "/replicas/r/plan" -> plan();
            case "/replicas/r/sync" -> sync();
            case "/stores" -> Answer.json("""
                    {"stores":[{"region":"aws:east","read_bytes":%d},{"region":"azure:west","read_bytes":%d}]}""".formatted(sourceRead, replicaRead));
            case "/billing/statements" ->
                Answer.json("""
                    {"statements":[{"lines":[{"replica":"r","runs":%d,"bytes":%d,"amount":%s}]}]}""".formatted(
                                syncs,
                                syncs * FILE + (fault == Fault.BILLED_A_BYTE_TOO_MUCH ? syncs : 0),
                                "0." + "0".repeat(5) + syncs));
            case "/keys" ->
                Answer.json("{\"scopes\":[{\"scope\":\"scope\",\"state\":\"%s\"}]}"
                        .formatted(revoked ? "REVOKED" : "ACTIVE"));
            case "/keys/scope/simulate" -> Answer.json("{\"plan_hash\":\"h\",\"shares\":[\"sealed\"],\"bytes\":40}");
            case "/keys/scope/revoke" -> revoke();
            case "/keys/scope/restore" -> {
                revoked = false;
                yield Answer.json("{}");
            }
            case "/shards" -> shards();
            default -> Answer.of(404, "{\"message\":\"no " + verb + " " + path + "\"}");
        };
    }

    private Answer plan() {
        long behind = fault == Fault.EMPTY_PLAN ? 0 : sourceVersion - syncedVersion;
        return Answer.json("""
                {"files_to_copy":%d,"bytes":%d,"to_version":%d,"money":{"amount":0.1,"currency":"EUR"}}""".formatted(behind, behind * FILE, sourceVersion));
    }

    private Answer sync() {
        boolean again = fault == Fault.SECOND_SYNC_COPIES_AGAIN && syncs > 0;
        if (sourceVersion == syncedVersion && !again)
            return Answer.json("{\"outcome\":\"UP_TO_DATE\",\"logical_bytes\":0}");
        syncedVersion = sourceVersion;
        syncs++;
        sourceRead += FILE + 3 + (fault == Fault.STORE_SAW_MORE ? 5 : 0);
        return Answer.json("""
                {"outcome":"SYNCED","to_version":%d,"files_copied":1,"logical_bytes":%d,"wire_bytes":%d}""".formatted(sourceVersion, FILE, FILE + 3));
    }

    private Answer revoke() {
        revoked = true;
        return fault == Fault.REVOKE_FAILS_MIDWAY
                ? Answer.of(503, "{\"message\":\"A pod is gone.\"}")
                : Answer.json("{}");
    }

    private Answer shards() {
        String owner = fault == Fault.SLICE_WITHOUT_OWNER ? "" : "\"pod-0\"";
        String second = fault == Fault.GAP_IN_SHARDS ? "90" : "80";
        return Answer.json("""
                {"generation":7,"pods":[{"name":"pod-0"}],
                 "slices":[{"low":"","high":"80","pods":["pod-0"]},{"low":"%s","high":null,"pods":[%s]}]}""".formatted(second, owner));
    }

    private Answer sharing(Asked asked, String path) {
        String reader = asked.authorization().substring("Bearer ".length());
        if (path.endsWith("/all-tables")) return Answer.json("{\"items\":[{\"schema\":\"s\",\"name\":\"t\"}]}");
        if (reader.equals("sealed") && revoked) return Answer.of(403, "{\"message\":\"The key is revoked.\"}");
        long rows = 10 - (reader.equals("far") && fault == Fault.REPLICA_LACKS_A_ROW ? 1 : 0);
        String line = """
                {"file":{"url":"%s/files/%s","id":"f","size":%d,"stats":"{\\"numRecords\\":%d}"}}""".formatted(server.url(), reader, FILE, rows);
        String table = """
                {"protocol":{"minReaderVersion":1}}
                {"metaData":{"id":"t","schemaString":"{\\"fields\\":[{\\"name\\":\\"n\\",\\"type\\":\\"long\\"}]}"}}
                """;
        return Answer.json(table + line + "\n").with("delta-table-version", "1");
    }

    private Answer file(HttpExchange exchange, String reader) {
        if (reader.equals("sealed") && revoked && fault != Fault.OLD_LINK_SURVIVES_REVOKE) return Answer.of(403, "");
        if (reader.equals("far") && fault != Fault.READ_ACROSS_THE_LANE) replicaRead += FILE;
        byte[] bytes = PARQUET.clone();
        if (reader.equals("far") && fault == Fault.REPLICA_BYTES_DIFFER) bytes[5]++;
        if (fault == Fault.TORN_FILE) bytes[bytes.length - 1] = 0;
        String range = exchange.getRequestHeaders().getFirst("Range");
        return range == null ? new Answer(200, Map.of(), bytes) : new Answer(206, Map.of(), part(bytes, range, reader));
    }

    private byte[] part(byte[] bytes, String range, String reader) {
        String[] ends = range.substring("bytes=".length()).split("-", 2);
        if (ends[0].isEmpty()) return Arrays.copyOfRange(bytes, bytes.length - Integer.parseInt(ends[1]), bytes.length);
        int shift = reader.equals("sealed") && fault == Fault.SEALED_RANGE_SHIFTED ? 1 : 0;
        return Arrays.copyOfRange(bytes, Integer.parseInt(ends[0]) + shift, Integer.parseInt(ends[1]) + 1 + shift);
    }

    private static byte[] resource(String name) {
        try (InputStream in = Objects.requireNonNull(FakeWorld.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
