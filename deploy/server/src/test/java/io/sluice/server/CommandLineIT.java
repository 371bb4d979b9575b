package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.cli.SluiceCli;
import io.sluice.cli.command.Surroundings;
import io.sluice.cli.setting.ProfileStore;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The first hour of a newcomer: the command line as it is shipped against the packaged server, step after step. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CommandLineIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ANN = "ann@example.com";

    @TempDir
    private static Path folder;

    private static PackagedServer server;

    @BeforeAll
    static void start() throws Exception {
        server = PackagedServer.dev(folder.resolve("data"), "--port", "0", "--empty");
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private record Run(int exit, String out, String err) {
        Run ok() {
            assertThat(exit).as(err).isZero();
            return this;
        }

        JsonNode json() throws Exception {
            return JSON.readTree(ok().out());
        }
    }

    @Test
    @Order(1)
    void theAdminLogsInWithTheTokenOfTheFirstStart() throws Exception {
        Run login = run(
                "admin",
                server.token() + "\n",
                "login",
                "--server",
                server.uri().toString());

        assertThat(login.ok().out()).contains(server.uri().toString(), "user").doesNotContain(server.token());
        assertThat(admin("profile", "show").ok().out()).contains("in use  true").doesNotContain(server.token());
        assertThat(run("admin", "sl_wrong\n", "login", "--server", server.uri().toString(), "--name", "x")
                        .exit())
                .isEqualTo(4);
    }

    @Test
    @Order(2)
    void aCatalogIsFilled() throws Exception {
        Path lake = Files.createDirectories(folder.resolve("lake/orders"));
        String managed =
                Files.createDirectories(folder.resolve("managed")).toUri().toString();
        admin("catalog", "create", "sales", "--comment", "All that was sold", "--storage-root", managed)
                .ok();
        admin("schema", "create", "sales.eu").ok();
        Run table = admin(
                "table",
                "create",
                "sales.eu.orders",
                "--location",
                lake.toUri().toString(),
                "--column",
                "id:bigint not null",
                "--column",
                "price:decimal(10,2)");
        assertThat(table.ok().out()).contains("id      bigint", "price   decimal(10,2)");
        admin("volume", "create", "sales.eu.invoices").ok();
        admin("model", "create", "sales.eu.churn").ok();

        assertThat(admin("catalog", "get", "sales", "-o", "json")
                        .json()
                        .path("comment")
                        .asText())
                .isEqualTo("All that was sold");
        assertThat(admin("table", "find", "sales", "--table", "ord%", "-o", "csv")
                        .ok()
                        .out())
                .isEqualTo("name,type\r\nsales.eu.orders,EXTERNAL\r\n");
        assertThat(admin("table", "create", "sales.eu.orders", "--location", lake.toUri() + "2")
                        .exit())
                .isEqualTo(5);
    }

    @Test
    @Order(3)
    void whatIsThereIsChangedAndTagged() throws Exception {
        admin("schema", "update", "sales.eu", "--rename", "europe").ok();
        admin("schema", "update", "sales.europe", "--rename", "eu", "--comment", "EU, EFTA")
                .ok();
        admin("table", "update", "sales.eu.orders", "--comment", "one row each").ok();
        admin("volume", "update", "sales.eu.invoices", "--comment", "PDF").ok();
        admin("tag", "set", "table", "sales.eu.orders", "domain=sales", "reviewed")
                .ok();
        admin("tag", "set", "column", "sales.eu.orders.id", "pii=no").ok();
        admin("tag", "remove", "table", "sales.eu.orders", "reviewed").ok();

        assertThat(admin("tag", "list", "table", "sales.eu.orders", "-o", "csv").out())
                .isEqualTo("key,value\r\ndomain,sales\r\n");
        assertThat(admin("schema", "list", "sales", "-o", "csv").ok().out()).contains("\"EU, EFTA\"");
        assertThat(admin("volume", "get", "sales.eu.invoices").ok().out()).contains("PDF");
    }

    @Test
    @Order(4)
    void anotherUserSeesWhatWasGrantedAndIsDeniedTheRest() throws Exception {
        admin("user", "create", ANN).ok();
        admin("group", "create", "analysts", "--member", ANN).ok();
        assertThat(admin("group", "members", "analysts").ok().out()).contains(ANN);
        Run token = admin("token", "create", "--user", ANN, "--lifetime", "1d", "-o", "json");
        String secret = token.json().path("token_value").asText();
        run("ann", secret + "\n", "login", "--server", server.uri().toString()).ok();
        assertThat(ann("user", "me").ok().out()).contains(ANN);

        assertThat(ann("catalog", "list", "-o", "json").json().path("catalogs")).isEmpty();
        Run denied = ann("table", "get", "sales.eu.orders");
        assertThat(denied.exit()).isEqualTo(4);
        assertThat(denied.err()).contains("request id: ");

        admin("grant", "add", "catalog", "sales", "analysts", "USE_CATALOG", "USE_SCHEMA")
                .ok();
        admin("grant", "add", "table", "sales.eu.orders", ANN, "SELECT").ok();
        assertThat(ann("table", "list", "sales.eu", "-o", "csv").ok().out())
                .hasLineCount(2)
                .contains("orders");
        assertThat(ann("table", "get", "sales.eu.orders").ok().out()).contains("one row each");
        assertThat(ann("table", "delete", "sales.eu.orders", "--yes").exit()).isEqualTo(4);
        assertThat(ann("audit", "list").exit()).isEqualTo(4);
    }

    @Test
    @Order(5)
    void grantsAreShownWithTheirOriginAndTakenBack() throws Exception {
        assertThat(admin("grant", "show", "table", "sales.eu.orders").ok().out())
                .contains(ANN + "  SELECT")
                .doesNotContain("USE_CATALOG");
        assertThat(admin("grant", "effective", "table", "sales.eu.orders", "-o", "csv")
                        .ok()
                        .out())
                .contains("analysts,USE_CATALOG,catalog,sales", ANN + ",SELECT,,");
        admin("grant", "add", "metastore", "metastore", ANN, "CREATE_CATALOG").ok();
        assertThat(admin("grant", "show", "metastore", "metastore", "--principal", ANN)
                        .ok()
                        .out())
                .contains("CREATE_CATALOG");
        admin("grant", "remove", "table", "sales.eu.orders", ANN, "SELECT").ok();
        assertThat(admin("grant", "show", "table", "sales.eu.orders").ok().out())
                .doesNotContain(ANN);
        assertThat(admin("grant", "add", "volume", "sales.eu.invoices", "nobody@example.com", "READ_VOLUME")
                        .exit())
                .isEqualTo(3);
    }

    @Test
    @Order(6)
    void aDroppedTableComesBack() throws Exception {
        assertThat(admin("table", "delete", "sales.eu.orders").exit()).isEqualTo(2);
        admin("table", "get", "sales.eu.orders").ok();
        admin("table", "delete", "sales.eu.orders", "--yes").ok();
        assertThat(admin("table", "get", "sales.eu.orders").exit()).isEqualTo(3);
        assertThat(admin("table", "dropped", "sales.eu").ok().out()).contains("sales.eu.orders");
        assertThat(admin("table", "undrop", "sales.eu.orders").ok().out()).contains("decimal(10,2)");
    }

    @Test
    @Order(7)
    void theAuditLogTellsOfIt() throws Exception {
        JsonNode denials = admin("audit", "list", "--user", ANN, "--action", "accessDenied", "-o", "json")
                .json()
                .path("events");
        assertThat(denials)
                .isNotEmpty()
                .allSatisfy(event ->
                        assertThat(event.at("/user_identity/email").asText()).isEqualTo(ANN));
        assertThat(admin("audit", "list", "--since", "1h", "-o", "csv").ok().out())
                .startsWith("time,user,from,action,status,parameters,request,refused because\r\n")
                .contains("undropTable");
    }

    @Test
    @Order(8)
    void allOfItIsTakenDownAgain() throws Exception {
        assertThat(admin("catalog", "delete", "sales", "--yes").exit()).isNotZero();
        Run plan = admin("catalog", "delete", "sales", "--force", "--dry-run", "-o", "json");
        assertThat(plan.json().path("would_delete").findValuesAsText("name"))
                .containsExactly("sales", "sales.eu", "sales.eu.orders", "sales.eu.invoices", "sales.eu.churn");
        admin("catalog", "delete", "sales", "--force", "--yes").ok();
        admin("group", "delete", "analysts", "--yes").ok();

        String token = ann("token", "list", "-o", "json")
                .json()
                .at("/token_infos/0/token_id")
                .asText();
        assertThat(admin("token", "revoke", token).exit()).isEqualTo(3);
        admin("token", "revoke", token, "--yes").ok();
        assertThat(ann("catalog", "list").exit()).isEqualTo(4);
        assertThat(ann("logout").ok().out()).contains("default");
        assertThat(admin("user", "list").ok().out()).contains(ANN);
    }

    private static Run admin(String... words) {
        return run("admin", "", words);
    }

    private static Run ann(String... words) {
        return run("ann", "", words);
    }

    /** One call of the command line at the desk of one person. */
    private static Run run(String person, String input, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = SluiceCli.run(
                new Surroundings(
                        Map.of(),
                        new ProfileStore(folder.resolve(person)),
                        new BufferedReader(new StringReader(input)),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false,
                        false),
                words);
        assertThat(List.of(out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8)))
                .as(String.join(" ", words))
                .noneMatch(text -> text.contains("Exception"));
        return new Run(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
