package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table that is shared whole, read as a folder with a session of its store. */
class SharedFolderIT {
    private static final String UC = "/api/2.1/unity-catalog";
    private static final String TOKEN = "a-token-that-the-operator-made-by-hand";
    private static final String TABLE = "/delta-sharing/shares/partners/schemas/sales/tables/orders";

    @TempDir
    private static Path folder;

    /** What the store was asked for sessions with. */
    private static final List<String> ASKED = new CopyOnWriteArrayList<>();

    private static HttpServer store;
    private static PackagedServer server;
    private static PackagedServer recipient;

    @BeforeAll
    static void aTableInAStoreWithSessionsIsShared() throws Exception {
        store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        store.createContext("/", exchange -> {
            ASKED.add(URLDecoder.decode(
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                    StandardCharsets.UTF_8));
            byte[] session = """
                    <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
                    <AccessKeyId>ASIA1</AccessKeyId><SecretAccessKey>session-secret</SecretAccessKey>
                    <SessionToken>session-token</SessionToken><Expiration>%s</Expiration>
                    </Credentials></AssumeRoleResult></AssumeRoleResponse>
                    """.formatted(Instant.now().plusSeconds(3_600)).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, session.length);
            exchange.getResponseBody().write(session);
            exchange.close();
        });
        store.start();
        server = start();
        post("/credentials", "{\"name\":\"hall\",\"purpose\":\"STORAGE\",\"s3_compatible\":{\"store\":\"hall\"}}");
        post("/external-locations", "{\"name\":\"open\",\"url\":\"s3://lake/open\",\"credential_name\":\"hall\"}");
        post("/catalogs", "{\"name\":\"retail\"}");
        post("/schemas", "{\"name\":\"sales\",\"catalog_name\":\"retail\"}");
        post("/tables", """
                {"name":"orders","catalog_name":"retail","schema_name":"sales","table_type":"EXTERNAL",
                 "data_source_format":"DELTA","storage_location":"s3://lake/open/orders","columns":[]}""");
        post("/shares", "{\"name\":\"partners\"}");
        change("/shares/partners", """
                {"updates":[{"action":"ADD","data_object":{"name":"retail.sales.orders","data_object_type":"TABLE",
                 "history_data_sharing_status":"ENABLED","start_version":0}}]}""");
        JsonNode made = post("/recipients", "{\"name\":\"ann\",\"authentication_type\":\"TOKEN\"}");
        change("/shares/partners/permissions", "{\"changes\":[{\"principal\":\"ann\",\"add\":[\"SELECT\"]}]}");
        String link = made.path("activation_url").asText();
        String profile = server.as("none")
                .get(UC + "/public/data_sharing_activation/" + link.substring(link.lastIndexOf('/') + 1))
                .json()
                .path("bearerToken")
                .asText();
        recipient = server.as(profile);
    }

    private static PackagedServer start() throws Exception {
        Path data = folder.resolve("data");
        Path config = Files.writeString(folder.resolve("sluice.properties"), """
                sluice.data=%s
                sluice.store=sqlite:%s
                sluice.public-url=https://sluice.example.org
                sluice.http.port=%d
                sluice.management.port=%d
                sluice.admin.token-file=%s
                sluice.keys.service=local
                sluice.sharing.requests-in-burst=40
                sluice.sharing.requests-per-second=1
                sluice.stores.hall.root=s3://lake/open
                sluice.stores.hall.cloud=onprem
                sluice.stores.hall.region=hall-1
                sluice.stores.hall.endpoint=http://127.0.0.1:%d
                sluice.stores.hall.public-endpoint=https://hall.example.org
                sluice.stores.hall.path-style=true
                sluice.stores.hall.credentials-file=%s
                sluice.stores.hall.vending=sessions
                """.formatted(
                        data,
                        folder.resolve("metastore.db"),
                        PackagedServer.freePort(),
                        PackagedServer.freePort(),
                        secret("token", TOKEN),
                        store.getAddress().getPort(),
                        secret("keys", "the-access-key\nthe-secret-key\n")));
        return PackagedServer.configured(config, data, TOKEN);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        store.stop(0);
    }

    @Test
    void theCredentialIsASessionForTheTablesFolderThatOnlyReads() throws Exception {
        JsonNode listed = recipient
                .get("/delta-sharing/shares/partners/all-tables")
                .json()
                .at("/items/0");
        assertThat(listed.path("accessModes").toString()).isEqualTo("[\"url\",\"dir\"]");
        assertThat(listed.path("location").asText()).isEqualTo("s3://lake/open/orders");

        PackagedServer.Answer answer = recipient.post(TABLE + "/temporary-table-credentials", "{}");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        JsonNode credentials = answer.json().path("credentials");
        assertThat(credentials.path("location").asText()).isEqualTo("s3://lake/open/orders");
        assertThat(credentials.at("/awsTempCredentials/sessionToken").asText()).isEqualTo("session-token");
        assertThat(credentials.path("expirationTime").asLong()).isGreaterThan(System.currentTimeMillis());
        assertThat(credentials.at("/s3Compatible/endpoint").asText()).isEqualTo("https://hall.example.org");
        assertThat(ASKED)
                .last()
                .asString()
                .contains("s3:GetObject", "lake/open/orders")
                .doesNotContain("s3:PutObject");
        assertThat(answer.response().headers().firstValue("cache-control")).contains("no-store");
        assertThat(server.get("/api/1.0/sluice/audit").body())
                .contains("recipient/ann", "deltaSharingGenerateTemporaryTableCredential")
                .doesNotContain("session-secret", "session-token");
        assertThat(recipient
                        .post(
                                TABLE + "/temporary-table-credentials",
                                "{\"location\":\"s3://lake/open/orders-of-others\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void whoAsksTooMuchIsToldToWait() throws Exception {
        JsonNode made = post("/recipients", "{\"name\":\"bob\",\"authentication_type\":\"TOKEN\"}");
        String link = made.path("activation_url").asText();
        PackagedServer eager = server.as(server.as("none")
                .get(UC + "/public/data_sharing_activation/" + link.substring(link.lastIndexOf('/') + 1))
                .json()
                .path("bearerToken")
                .asText());
        PackagedServer.Answer answer = eager.get("/delta-sharing/shares");
        for (int i = 0; i < 1_000 && answer.status() == 200; i++) answer = eager.get("/delta-sharing/shares");

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.response().headers().firstValue("retry-after")).contains("1");
        assertThat(answer.json().path("errorCode").asText()).isEqualTo("RESOURCE_EXHAUSTED");
        assertThat(recipient.get("/delta-sharing/shares").status()).isEqualTo(200);
    }

    private static JsonNode post(String path, String body) throws Exception {
        return done(server.post(UC + path, body));
    }

    private static void change(String path, String body) throws Exception {
        done(server.send("PATCH", UC + path, body));
    }

    private static JsonNode done(PackagedServer.Answer answer) throws Exception {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static Path secret(String name, String text) throws Exception {
        Path file = Files.writeString(folder.resolve(name), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
