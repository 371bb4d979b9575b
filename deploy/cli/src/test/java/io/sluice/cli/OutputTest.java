package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.FakeServer.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The three forms of a result, byte by byte: people and programs read them. */
class OutputTest {
    private static final String UC = "/api/2.1/unity-catalog";
    private static final String OURS = "/api/1.0/sluice";
    private static final String SYNC = """
            {"replica":"orders_west","outcome":"SYNCED","from_version":3,"to_version":5,"target_version":2,\
            "files_copied":2,"files_removed":0,"logical_bytes":2048,"wire_bytes":2348,"seconds":0.250,\
            "money":{"amount":0.000041,"currency":"EUR"},"receipt_id":"r1"}""";

    private final FakeServer server = new FakeServer();
    private final Shell shell;

    OutputTest(@TempDir Path home) {
        shell = new Shell(home).with("SLUICE_SERVER", server.url()).with("SLUICE_TOKEN", "good-token");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aTableIsShownWithItsColumns() {
        server.on("GET " + UC + "/tables/sales.eu.orders", Answer.json("""
                {"name":"orders","catalog_name":"sales","schema_name":"eu","table_type":"EXTERNAL",
                 "data_source_format":"DELTA","owner":"admin","created_at":1700000000000,
                 "columns":[{"name":"id","type_text":"bigint","nullable":false},
                            {"name":"customer","type_text":"string","nullable":true,"comment":"who\\u001b[31m"}]}"""));

        assertThat(shell.run("table", "get", "sales.eu.orders").out()).isEqualTo("""
                catalog  sales
                schema   eu
                name     orders
                type     EXTERNAL
                format   DELTA
                owner    admin
                created  2023-11-14T22:13:20Z

                column    type    nullable  comment
                id        bigint  false
                customer  string  true      who�[31m
                """);
    }

    @Test
    void aListIsGatheredFromAllItsPages() {
        server.on("GET " + UC + "/shares", Answer.json("{\"shares\":[{\"name\":\"a\"}],\"next_page_token\":\"p2\"}"))
                .on("GET " + UC + "/shares?page_token=p2", Answer.json("{\"shares\":[{\"name\":\"b\"}]}"));

        assertThat(shell.run("share", "list", "-o", "json").out()).isEqualTo("""
                {
                  "shares" : [
                    {
                      "name" : "a"
                    },
                    {
                      "name" : "b"
                    }
                  ]
                }
                """);
    }

    @Test
    void numbersKeepEveryDigitInJson() {
        server.on("POST " + OURS + "/replicas/orders_west/plan", Answer.json("{\"files_to_copy\":2,\"bytes\":2048}"))
                .on("POST " + OURS + "/replicas/orders_west/sync", Answer.json(SYNC));

        Shell.Run run = shell.run("replica", "sync", "orders_west", "-o", "json");

        assertThat(run.out()).contains("\"seconds\" : 0.250", "\"amount\" : 0.000041");
        assertThat(run.err()).isEqualTo("syncing orders_west: 2 files, 2048 bytes\n");
    }

    @Test
    void aSyncReadsAsARecord() {
        server.on("POST " + OURS + "/replicas/orders_west/plan", Answer.json("{\"files_to_copy\":2,\"bytes\":2048}"))
                .on("POST " + OURS + "/replicas/orders_west/sync", Answer.json(SYNC));

        assertThat(shell.run("replica", "sync", "orders_west").out()).isEqualTo("""
                replica            orders_west
                outcome            SYNCED
                from version       3
                to version         5
                replica version    2
                files copied       2
                files removed      0
                bytes gained       2048
                bytes on the wire  2348
                seconds            0.250
                money              0.000041 EUR
                receipt            r1
                """);
    }

    @Test
    void aPreviewAlignsNumbersToTheRight() {
        server.on("GET " + OURS + "/shares/demo/preview?table=eu.orders&limit=2", Answer.json("""
                {"share":"demo","table":"eu.orders","version":4,
                 "columns":[{"name":"id","type":"long"},{"name":"city","type":"string"}],
                 "rows":[[7,"Bern"],[12,null]]}"""));

        assertThat(shell.run("share", "preview", "demo", "eu.orders", "--limit", "2")
                        .out())
                .isEqualTo("""
                id  city
                 7  Bern
                12
                """);
    }

    @Test
    void csvQuotesByTheBook() {
        server.on("GET " + OURS + "/shares/demo/preview?table=eu.orders&limit=10", Answer.json("""
                {"columns":[{"name":"id","type":"long"},{"name":"note","type":"string"}],
                 "rows":[[1,"a,b"],[2,"say \\"no\\""],[3,"two\\nlines"],[4,"plain"]]}"""));

        assertThat(shell.run("share", "preview", "demo", "eu.orders", "-o", "csv")
                        .out())
                .isEqualTo("id,note\r\n1,\"a,b\"\r\n2,\"say \"\"no\"\"\"\r\n3,\"two\nlines\"\r\n4,plain\r\n");
    }

    @Test
    void aStatementEndsInItsTotal() {
        server.on("GET " + OURS + "/billing/statements?producer=sales&period=2026-11", Answer.json("""
                {"statements":[{"producer":"sales","period":"2026-11","currency":"EUR","bytes":2048,
                  "amount":0.00004096,"rounded_amount":0.00,
                  "lines":[{"replica":"orders_west","lane":"aws:eu-west-1->azure:westeurope","meter":"egress","runs":2,
                            "bytes":2048,"gigabytes":0.000002048,"unit_price":0.02,"amount":0.00004096}]}]}"""));

        assertThat(shell.run("bill", "statement", "--producer", "sales", "--period", "2026-11")
                        .out())
                .contains("0.000002048        0.02  0.00004096  EUR")
                .endsWith("""
                        producer  period   total bytes       exact  to pay  currency
                        sales     2026-11         2048  0.00004096    0.00  EUR
                        """);
    }

    @Test
    void namesAreEncodedIntoThePath() {
        server.on("GET " + UC + "/shares/a%20b%2Fc?include_shared_data=true", Answer.json("{\"name\":\"a b/c\"}"));

        assertThat(shell.run("share", "get", "a b/c").out()).startsWith("name  a b/c");
    }
}
