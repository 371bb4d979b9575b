package io.sluice.bench.sharing;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.bench.server.Api;
import io.sluice.bench.server.DelayingProxy;
import io.sluice.bench.server.S3Service;
import io.sluice.bench.server.ServerProcess;
import io.sluice.bench.server.WireRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A server whose tables lie in a slow store, and a recipient of all of them. */
final class ShareWorld implements AutoCloseable {
    private static final String API = "/api/2.1/unity-catalog";
    private static final String BUCKET = "bench";
    private static final String ADMIN_TOKEN = "bench-admin-0123456789abcdef0123456789abcdef";
    /** What a store in the same region takes to answer. */
    private static final Duration STORE_DELAY = Duration.ofMillis(10);

    private final S3Service store;
    private final DelayingProxy network;
    private final ServerProcess server;
    private final Api admin;
    private String token = "";

    private ShareWorld(S3Service store, DelayingProxy network, ServerProcess server) throws IOException {
        this.store = store;
        this.network = network;
        this.server = server;
        this.admin = new Api(server.uri(), ADMIN_TOKEN);
    }

    static ShareWorld start(Path folder, Map<String, BigTable> tables, String javaOptions) throws Exception {
        Files.createDirectories(folder);
        S3Service store = S3Service.start(folder);
        DelayingProxy network = DelayingProxy.before(store.uri(), STORE_DELAY);
        for (Map.Entry<String, BigTable> table : tables.entrySet())
            table.getValue()
                    .write(
                            store.bucket(BUCKET).resolve(table.getKey()),
                            table.getValue().commits() * 4 / 5);
        ServerProcess server =
                ServerProcess.configured(folder.resolve("data"), configuration(folder, network.uri()), javaOptions);
        ShareWorld world = new ShareWorld(store, network, server);
        world.share(List.copyOf(tables.keySet()));
        return world;
    }

    private static Path configuration(Path folder, URI endpoint) throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        int port = freePort();
        Path token = secret(folder.resolve("admin.token"), ADMIN_TOKEN);
        Path keys = secret(folder.resolve("store.keys"), S3Service.ACCESS_KEY + "\n" + S3Service.SECRET_KEY);
        Path file = folder.resolve("sluice.properties");
        Files.write(
                file,
                List.of(
                        "sluice.data=" + data,
                        "sluice.store=sqlite:" + data.resolve("metastore.db"),
                        "sluice.public-url=http://127.0.0.1:" + port,
                        "sluice.http.port=" + port,
                        "sluice.management.port=" + freePort(),
                        "sluice.admin.token-file=" + token,
                        "sluice.keys.service=local",
                        // One recipient sends all that is measured.
                        "sluice.sharing.requests-per-second=1000000",
                        "sluice.sharing.requests-in-burst=1000000",
                        "sluice.sharing.requests-at-once=256",
                        "sluice.stores.lake.root=s3://" + BUCKET,
                        "sluice.stores.lake.cloud=aws",
                        "sluice.stores.lake.region=us-east-1",
                        "sluice.stores.lake.endpoint=" + endpoint,
                        "sluice.stores.lake.path-style=true",
                        "sluice.stores.lake.credentials-file=" + keys));
        return file;
    }

    private static Path secret(Path file, String text) throws IOException {
        Files.writeString(file, text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void share(List<String> tables) throws Exception {
        admin.post(API + "/catalogs", "{\"name\":\"lake\"}");
        admin.post(API + "/schemas", "{\"name\":\"big\",\"catalog_name\":\"lake\"}");
        admin.post(API + "/shares", "{\"name\":\"bench\"}");
        for (String table : tables) {
            admin.post(API + "/tables", """
                    {"name":"%s","catalog_name":"lake","schema_name":"big","table_type":"EXTERNAL",
                     "data_source_format":"DELTA","storage_location":"s3://%s/%s",
                     "columns":[{"name":"id","type_name":"LONG","type_text":"bigint","nullable":true,"position":0,
                       "type_json":"{\\"name\\":\\"id\\",\\"type\\":\\"long\\",\\"nullable\\":true,\\"metadata\\":{}}"}]}
                    """.formatted(table, BUCKET, table));
            admin.patch(API + "/shares/bench", """
                    {"updates":[{"action":"ADD","data_object":{"name":"lake.big.%s","data_object_type":"TABLE"}}]}""".formatted(table));
        }
        JsonNode recipient = admin.post(API + "/recipients", "{\"name\":\"reader\",\"authentication_type\":\"TOKEN\"}");
        admin.patch(
                API + "/shares/bench/permissions", "{\"changes\":[{\"principal\":\"reader\",\"add\":[\"SELECT\"]}]}");
        String link = recipient.path("activation_url").asText();
        String nonce = link.substring(link.lastIndexOf('/') + 1);
        token = admin.get(API + "/public/data_sharing_activation/" + nonce)
                .path("bearerToken")
                .asText();
    }

    ServerProcess server() {
        return server;
    }

    /** How many requests the store got so far. */
    long storeRequests() {
        return network.requests();
    }

    /** The answer of that many bytes that costs nothing to find. */
    WireRequest constant(long length) throws IOException {
        return WireRequest.get(server.uri().resolve("/api/1.0/sluice/constant/" + length));
    }

    WireRequest version(String table) throws IOException {
        return WireRequest.get(uri(table, "version"), authorization());
    }

    WireRequest metadata(String table) throws IOException {
        return WireRequest.get(uri(table, "metadata"), authorization());
    }

    WireRequest query(String table, String body) throws IOException {
        return WireRequest.post(uri(table, "query"), body, authorization());
    }

    private String authorization() {
        return "Authorization: Bearer " + token;
    }

    private URI uri(String table, String call) throws IOException {
        return server.uri().resolve("/delta-sharing/shares/bench/schemas/big/tables/" + table + "/" + call);
    }

    @Override
    public void close() throws Exception {
        try (store;
                network;
                server) {
            // Each in turn, also if one fails to.
        }
    }
}
