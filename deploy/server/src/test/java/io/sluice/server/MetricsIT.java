package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees is what happened: each test does one thing and compares the figures before and after. */
class MetricsIT {
    private static final String UC = "/api/2.1/unity-catalog";
    private static final String TABLE = UC + "/tables/{full_name}";
    private static final Pattern SERIES = Pattern.compile("\\b(?:sluice|jvm|process)_[a-z_]+");

    @TempDir
    private static Path data;

    private static PackagedServer server;

    @BeforeAll
    static void start() throws Exception {
        server = PackagedServer.dev(data, "--port", "0");
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void whatTheDashboardAndTheAlertsAskForIsMeasured() throws Exception {
        String asked = Files.readString(Path.of("../prometheus/alerts.yml"))
                + Files.readString(Path.of("../grafana/sluice.json"));
        String measured = Figures.of(server).text();
        assertThat(SERIES.matcher(asked).results().map(MatchResult::group).distinct())
                .hasSizeGreaterThan(20)
                .allSatisfy(name -> assertThat(measured).containsPattern("\n" + name + "[{ ]"));
    }

    @Test
    void anAnswerFromMemoryIsCountedByItsRouteAndAsksTheStoreNothing() throws Exception {
        server.get(UC + "/tables/retail.sales.orders");
        Figures before = Figures.of(server);
        for (int i = 0; i < 20; i++)
            assertThat(server.get(UC + "/tables/retail.sales.orders").status()).isEqualTo(200);
        Figures after = Figures.grown(server, before, Figures.request("GET", TABLE, 200), 20);

        assertThat(after.since(
                        before, "sluice_http_request_duration_seconds_count{method=\"GET\",route=\"" + TABLE + "\"}"))
                .isEqualTo(20);
        // Each looks up the root and the catalog. The scrape asks two statements of its own, the watch on keys a few.
        assertThat(after.since(before, "sluice_snapshot_hits_total")).isGreaterThanOrEqualTo(40);
        assertThat(after.since(before, "sluice_sql_statements_total")).isLessThan(20);
        assertThat(after.of("sluice_snapshot_tables")).isGreaterThanOrEqualTo(1);
        assertThat(after.of("sluice_snapshot_resident_bytes")).isPositive();
        assertThat(after.of("sluice_snapshot_loads_total")).isPositive();
    }

    @Test
    void noNameThatACallerChoseBecomesALabel() throws Exception {
        server.get(UC + "/tables/retail.sales.chosen1");
        server.get(UC + "/tables/chosen2");
        server.get(UC + "/catalogs/chosen3");
        server.get(UC + "/chosen4/chosen5");
        server.get("/chosen6");
        server.get("/files/chosen7");
        server.send("CHOSEN8", UC + "/catalogs", "");
        Figures before = Figures.of(server);
        String last = Figures.request("GET", "/delta-sharing/shares/{share}/schemas", 401);
        server.get("/delta-sharing/shares/chosen9/schemas");
        Figures after = Figures.grown(server, before, last, 1);

        assertThat(after.text()).doesNotContainIgnoringCase("chosen");
        assertThat(after.names())
                .contains(
                        Figures.request("GET", TABLE, 404),
                        Figures.request("GET", TABLE, 400),
                        Figures.request("GET", UC + "/catalogs/{name}", 404),
                        Figures.request("GET", UC + "/*", 501),
                        Figures.request("GET", "/files/*", 403),
                        Figures.request("GET", "other", 404));
    }

    @Test
    void denialsCredentialsAndAuditRowsAreCounted() throws Exception {
        String id = server.get(UC + "/tables/retail.sales.orders")
                .json()
                .path("table_id")
                .asText();
        String sealed = server.get(UC + "/tables/finance.ledger.payments")
                .json()
                .path("table_id")
                .asText();
        Figures before = Figures.of(server);
        String wanted = "{\"table_id\":\"%s\",\"operation\":\"READ\"}";
        assertThat(server.post(UC + "/temporary-table-credentials", wanted.formatted(id))
                        .status())
                .isEqualTo(200);
        assertThat(server.post(UC + "/temporary-table-credentials", wanted.formatted(sealed))
                        .status())
                .isEqualTo(403);
        assertThat(server.as("wrong").get(UC + "/catalogs").status()).isEqualTo(401);
        Figures after = Figures.grown(server, before, "sluice_authentication_refusals_total", 1);

        assertThat(after.since(before, "sluice_credentials_vended_total")).isEqualTo(1);
        assertThat(after.since(before, "sluice_authorization_denials_total")).isEqualTo(1);
        assertThat(after.since(before, "sluice_audit_rows_total")).isEqualTo(2);
    }

    @Test
    void whatARecipientIsGivenIsCountedByTheByte() throws Exception {
        JsonNode profile = new ObjectMapper().readTree(Files.readString(data.resolve("demo-sealed.share")));
        Figures before = Figures.of(server);
        String files = server.as(profile.path("bearerToken").asText())
                .post("/delta-sharing/shares/demo_sealed/schemas/ledger/tables/payments/query", "{}")
                .body();
        long listed = 0;
        long served = 0;
        for (String line : files.split("\n")) {
            JsonNode file = new ObjectMapper().readTree(line).path("file");
            if (file.isMissingNode()) continue;
            listed += file.path("size").asLong();
            served += server.as("none").bytes(file.path("url").asText()).length;
        }
        Figures after = Figures.grown(server, before, "sluice_gateway_served_bytes_total", served);

        assertThat(served).isPositive();
        assertThat(after.since(before, "sluice_share_queries_total")).isEqualTo(1);
        assertThat(after.since(before, "sluice_share_listed_bytes_total")).isEqualTo(listed);
        Figures.grown(server, before, "sluice_audit_rows_total", 1);
        JsonNode row = server.get("/api/1.0/sluice/audit?max_results=1").json().at("/events/0");
        assertThat(row.path("action_name").asText()).isEqualTo("deltaSharingQueriedTable");
        assertThat(row.at("/user_identity/email").asText()).startsWith("recipient/");
        assertThat(row.at("/request_params/table").asText()).isEqualTo("demo_sealed.ledger.payments");
        assertThat(row.at("/request_params/bytes").asLong()).isEqualTo(listed);
        assertThat(row.at("/response/status_code").asInt()).isEqualTo(200);
        assertThat(row.path("request_id").asText()).matches("[0-9a-f]{24}");
    }

    @Test
    void theApiIsDescribedToWhoeverAsks() throws Exception {
        PackagedServer.Answer described = server.as("none").get(UC + "/openapi.json");
        assertThat(described.status()).isEqualTo(200);
        assertThat(described.body()).isEqualTo(Files.readString(Path.of("../../docs/openapi.json")));
    }

    @Test
    void anAuditRowHasTheColumnsOfTheHostedLog() throws Exception {
        assertThat(server.send("POST", UC + "/catalogs", "{\"name\":\"audited\"}", "User-Agent", "a client/1.0")
                        .status())
                .isEqualTo(200);
        JsonNode row = server.get("/api/1.0/sluice/audit?max_results=1").json().at("/events/0");
        assertThat(row.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "version",
                        "event_time",
                        "event_date",
                        "workspace_id",
                        "source_ip_address",
                        "user_agent",
                        "session_id",
                        "user_identity",
                        "service_name",
                        "action_name",
                        "request_id",
                        "request_params",
                        "response",
                        "audit_level",
                        "account_id",
                        "event_id");
        assertThat(row.path("user_identity").fieldNames()).toIterable().containsExactly("email");
        assertThat(row.path("response").fieldNames())
                .toIterable()
                .containsExactly("status_code", "error_message", "result");
        assertThat(row.path("source_ip_address").asText()).isEqualTo("127.0.0.1");
        assertThat(row.path("user_agent").asText()).isEqualTo("a client/1.0");
        assertThat(row.path("request_id").asText()).hasSize(24);
    }

    @Test
    void healthIsTellableFromOutsideAndNeedsNoToken() throws Exception {
        assertThat(server.manage("/q/health/live").status()).isEqualTo(200);
        assertThat(server.manage("/q/health/started").body()).contains("serving");
        PackagedServer.Answer ready = server.manage("/q/health/ready");
        assertThat(ready.status()).isEqualTo(200);
        assertThat(ready.json().findValuesAsText("name")).containsExactlyInAnyOrder("store", "serving", "root");
        assertThat(server.get("/q/metrics").status()).isEqualTo(404);
    }
}
