package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.FakeServer.Answer;
import io.sluice.cli.FakeServer.Asked;
import io.sluice.cli.Shell.Run;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What catalogs, schemas, tables, volumes, functions and models have in common, and what of tables is their own. */
class GovernedTest {
    private static final String UC = "/api/2.1/unity-catalog/";

    private final FakeServer server = new FakeServer();
    private final Shell shell;

    GovernedTest(@TempDir Path home) {
        shell = new Shell(home).with("SLUICE_SERVER", server.url()).with("SLUICE_TOKEN", "good-token");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "catalog, catalogs, sales",
        "schema, schemas, sales.eu",
        "table, tables, sales.eu.orders",
        "volume, volumes, sales.eu.invoices",
        "function, functions, sales.eu.vat",
        "model, models, sales.eu.churn"
    })
    void eachKindIsShownAndDeletedUnderItsOwnPath(String noun, String collection, String name) {
        server.on("GET " + UC + collection + "/" + name, Answer.json("{\"name\":\"it\",\"owner\":\"ann\"}"))
                .on("DELETE " + UC + collection + "/" + name, Answer.json("{}"));

        assertThat(shell.run(noun, "get", name).out()).contains("name   it", "owner  ann");
        assertThat(shell.run(noun, "delete", name, "--yes").out()).isEqualTo("deleted  " + name + "\n");
    }

    @ParameterizedTest
    @CsvSource({"catalog, a.b", "schema, a", "table, a.b", "volume, a.b.c.d", "model, a"})
    void aNameOfTheWrongLengthIsRefusedBeforeAnythingIsSent(String noun, String name) {
        assertThat(shell.run(noun, "get", name).exit()).isEqualTo(2);
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void withoutYesTheThingIsNamedAndNothingIsDeleted() {
        server.on("GET " + UC + "tables/a.b.c", Answer.json("{}"));

        Run run = shell.run("table", "delete", "a.b.c");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("table  a.b.c", "Say --yes");
        assertThat(server.asked()).extracting(Asked::request).noneMatch(request -> request.startsWith("DELETE"));
    }

    @Test
    void aDryRunOfAForcedDeleteNamesAllThatIsInside() {
        server.on("GET " + UC + "catalogs/a", Answer.json("{}"))
                .on("GET " + UC + "schemas?catalog_name=a", Answer.json("{\"schemas\":[{\"name\":\"b\"}]}"));
        String within = "?catalog_name=a&schema_name=b";
        server.on("GET " + UC + "tables" + within, Answer.json("{\"tables\":[{\"name\":\"t\"}]}"))
                .on("GET " + UC + "volumes" + within, Answer.json("{\"volumes\":[{\"name\":\"v\"}]}"))
                .on("GET " + UC + "functions" + within, Answer.json("{\"functions\":[]}"))
                .on("GET " + UC + "models" + within, Answer.json("{\"registered_models\":[{\"name\":\"m\"}]}"));

        Run run = shell.run("catalog", "delete", "a", "--force", "--dry-run", "-o", "csv");

        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .isEqualTo("type,name\r\ncatalog,a\r\nschema,a.b\r\ntable,a.b.t\r\nvolume,a.b.v\r\nmodel,a.b.m\r\n");
    }

    @Test
    void forceIsSaidToTheServer() {
        server.on("DELETE " + UC + "schemas/a.b?force=true", Answer.json("{}"));

        assertThat(shell.run("schema", "delete", "a.b", "--force", "--yes").exit())
                .isZero();
    }

    @Test
    void onlyWhatIsToChangeIsSent() {
        server.on("PATCH " + UC + "catalogs/a", Answer.json("{\"name\":\"b\"}"));

        assertThat(shell.run("catalog", "update", "a", "--rename", "b", "--comment", "")
                        .exit())
                .isZero();
        assertThat(server.asked().get(0).body()).isEqualTo("{\"new_name\":\"b\",\"comment\":\"\"}");
        assertThat(shell.run("catalog", "update", "a").exit()).isEqualTo(2);
    }

    @Test
    void aLimitEndsTheListAndSaysThatThereIsMore() {
        String tables = "GET " + UC + "tables?catalog_name=a&schema_name=b";
        server.on(tables + "&max_results=3", Answer.json("""
                        {"tables":[{"name":"t1"},{"name":"t2"}],"next_page_token":"p2"}"""))
                .on(tables + "&page_token=p2&max_results=1", Answer.json("""
                        {"tables":[{"name":"t3"}],"next_page_token":"p3"}"""));

        Run run = shell.run("table", "list", "a.b", "--limit", "3");

        assertThat(run.out()).contains("t1", "t2", "t3").hasLineCount(4);
        assertThat(run.err()).isEqualTo("There are more than these 3. Say a higher --limit to see them.\n");
        assertThat(shell.run("table", "list", "a.b", "--limit", "0").exit()).isEqualTo(2);
    }

    @Test
    void columnsAreTypedAsInSqlAndSentInTheWordsOfTheCatalog() {
        server.on("POST " + UC + "tables", Answer.json("{\"name\":\"t\"}"));

        Run run = shell.run(
                "table",
                "create",
                "a.b.t",
                "--location",
                "s3://lake/t",
                "--column",
                "id:BIGINT not null",
                "--column",
                "price:decimal(10, 2)");

        assertThat(run.exit()).isZero();
        assertThat(server.asked().get(0).body())
                .contains("\"name\":\"id\",\"type_text\":\"bigint\",\"type_name\":\"LONG\"")
                .contains(
                        "{\\\"name\\\":\\\"id\\\",\\\"type\\\":\\\"long\\\",\\\"nullable\\\":false,\\\"metadata\\\":{}}")
                .contains("\"type_text\":\"decimal(10,2)\",\"type_name\":\"DECIMAL\"")
                .contains("\"type_precision\":10,\"type_scale\":2");
    }

    @ParameterizedTest
    @CsvSource({"id", "id:", ":bigint", "id:struct<a:int>", "id:array<int>", "id:nonsense"})
    void aColumnThatIsNotUnderstoodIsRefusedBeforeAnythingIsSent(String column) {
        Run run = shell.run("table", "create", "a.b.t", "--location", "s3://lake/t", "--column", column);

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains(column).hasLineCount(1);
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void aDroppedTableIsListedAndHadBackByItsId() {
        String dropped = "/api/1.0/sluice/dropped-tables";
        server.on("GET " + dropped + "?catalog_name=a&schema_name=b", Answer.json("""
                        {"tables":[{"full_name":"a.b.t","table_id":"id-1","table_type":"MANAGED",
                          "deleted_at":1700000000000,"deleted_by":"ann"}]}"""))
                .on("POST " + dropped + "/undrop", Answer.json("{\"name\":\"t\"}"));

        assertThat(shell.run("table", "dropped", "a.b").out()).contains("a.b.t", "2023-11-14T22:13:20Z", "id-1");
        assertThat(shell.run("table", "undrop", "a.b.t", "--id", "id-1").exit()).isZero();
        assertThat(server.asked().get(1).body()).isEqualTo("{\"full_name\":\"a.b.t\",\"table_id\":\"id-1\"}");
    }

    @Test
    void tablesAreFoundByPatterns() {
        server.on(
                "GET " + UC + "table-summaries?catalog_name=a&schema_name_pattern=%25&table_name_pattern=ord%25",
                Answer.json("{\"tables\":[{\"full_name\":\"a.b.orders\",\"table_type\":\"MANAGED\"}]}"));

        assertThat(shell.run("table", "find", "a", "--table", "ord%").out()).contains("a.b.orders  MANAGED");
    }
}
