package io.sluice.bench.path;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.bench.server.Api;
import io.sluice.bench.server.ServerProcess;
import io.sluice.bench.server.WireRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The demo world of a running server, and what the figures add to it.
 *
 * @param roots the folders of the two stores, the tables' first and the replicas' second
 */
record BenchWorld(ServerProcess server, Api admin, List<Path> roots) {
    private static final String CATALOG = "/api/2.1/unity-catalog";
    private static final String SLUICE = "/api/1.0/sluice";

    static BenchWorld on(ServerProcess server) throws IOException, InterruptedException {
        Api admin = new Api(server.uri(), server.adminToken());
        List<Path> roots = new ArrayList<>();
        for (JsonNode store : admin.get(SLUICE + "/stores").path("stores"))
            roots.add(Path.of(URI.create(store.path("root").asText())));
        return new BenchWorld(server, admin, roots);
    }

    URI uri(String path) throws IOException {
        return server.uri().resolve(path);
    }

    /** The answer of that many bytes that costs nothing to find and asks for no token. */
    WireRequest constant(long length) throws IOException {
        return WireRequest.get(uri(SLUICE + "/constant/" + length));
    }

    WireRequest getTable(String fullName) throws IOException {
        return WireRequest.get(uri(CATALOG + "/tables/" + fullName), "Authorization: Bearer " + server.adminToken());
    }

    /** Registers a Delta table in the schema of the demo's tables. Its one column is called {@code id}. */
    LogOfFiles newTable(String name) throws IOException, InterruptedException {
        Path folder = roots.get(0).resolve("bench").resolve(name);
        LogOfFiles log = LogOfFiles.create(folder);
        admin.post(CATALOG + "/tables", """
                {"name":"%s","catalog_name":"retail","schema_name":"sales","table_type":"EXTERNAL",
                 "data_source_format":"DELTA","storage_location":"%s",
                 "columns":[{"name":"id","type_name":"LONG","type_text":"bigint","nullable":true,"position":0,
                   "type_json":"{\\"name\\":\\"id\\",\\"type\\":\\"long\\",\\"nullable\\":true,\\"metadata\\":{}}"}]}
                """.formatted(name, folder.toUri()));
        return log;
    }

    void addToDemoShare(String table) throws IOException, InterruptedException {
        admin.patch(CATALOG + "/shares/demo", """
                {"updates":[{"action":"ADD","data_object":{"name":"retail.sales.%s","data_object_type":"TABLE"}}]}""".formatted(table));
    }

    /** Keeps a copy of a table of {@code retail.sales} in the second store. */
    void newReplica(String name, String table) throws IOException, InterruptedException {
        admin.post(SLUICE + "/replicas", """
                {"name":"%s","source_table":"retail.sales.%s","target_location":"%s"}""".formatted(
                        name, table, roots.get(1).resolve("bench").resolve(name).toUri()));
    }

    void sync(String replica) throws IOException, InterruptedException {
        admin.post(SLUICE + "/replicas/" + replica + "/sync", "{}");
    }

    /** Somebody who reads by a profile that the server wrote. */
    Reader reader(String profile) throws IOException {
        JsonNode json =
                new ObjectMapper().readTree(Files.readString(server.data().resolve(profile)));
        return new Reader(
                URI.create(json.path("endpoint").asText()),
                json.path("bearerToken").asText());
    }

    /** A recipient as its profile describes it. */
    record Reader(URI endpoint, String token) {

        WireRequest query(String share, String schema, String table) {
            return WireRequest.post(queryUri(share, schema, table), "{}", "Authorization: Bearer " + token);
        }

        /** A table's first file. */
        SharedFile firstFile(String share, String schema, String table) throws IOException, InterruptedException {
            Api api = new Api(endpoint, token);
            JsonNode file = api.lines(queryUri(share, schema, table).getRawPath(), "{}").stream()
                    .map(line -> line.path("file"))
                    .filter(found -> !found.isMissingNode())
                    .findFirst()
                    .orElseThrow(() -> new IOException("the shared table " + table + " has no file"));
            return new SharedFile(
                    URI.create(file.path("url").asText()), file.path("size").asLong());
        }

        private URI queryUri(String share, String schema, String table) {
            return URI.create(endpoint.toString().replaceAll("/+$", "") + "/shares/" + share + "/schemas/" + schema
                    + "/tables/" + table + "/query");
        }
    }

    record SharedFile(URI url, long size) {
        WireRequest range(long from, long length) {
            return WireRequest.get(url, "Range: bytes=%d-%d".formatted(from, from + length - 1));
        }
    }
}
