package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.FakeServer.Answer;
import io.sluice.cli.Shell.Run;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShareCommandTest {
    private static final String SHARES = "/api/2.1/unity-catalog/shares";
    private static final String SHARE = "{\"name\":\"sales\",\"owner\":\"ann\",\"url_lifetime_seconds\":300}";

    private final FakeServer server = new FakeServer();
    private final Shell shell;

    ShareCommandTest(@TempDir Path home) throws IOException {
        shell = new Shell(home).with("SLUICE_SERVER", server.url()).with("SLUICE_TOKEN", "good-token");
        server.on("PATCH " + SHARES + "/sales", Answer.json(SHARE));
        server.on("GET " + SHARES + "/sales?include_shared_data=true", Answer.json(SHARE));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void partitionsHistoryAndNamesAreSentAsTheServerSpellsThem() {
        Run run = shell.run(
                "share",
                "add",
                "sales",
                "main.eu.orders",
                "--as",
                "eu.all_orders",
                "--history",
                "--start-version",
                "3",
                "--partition",
                "region=@region,day~2026-%",
                "--partition",
                "region=");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(sent())
                .isEqualTo("{\"updates\":[{\"action\":\"ADD\",\"data_object\":{\"name\":\"main.eu.orders\","
                        + "\"data_object_type\":\"TABLE\",\"shared_as\":\"eu.all_orders\","
                        + "\"history_data_sharing_status\":\"ENABLED\",\"start_version\":3,\"partitions\":["
                        + "{\"values\":[{\"name\":\"region\",\"op\":\"EQUAL\",\"recipient_property_key\":\"region\"},"
                        + "{\"name\":\"day\",\"op\":\"LIKE\",\"value\":\"2026-%\"}]},"
                        + "{\"values\":[{\"name\":\"region\",\"op\":\"EQUAL\"}]}]}}]}");
    }

    @Test
    void whatIsSharedIsChangedAndTakenBack() {
        assertThat(shell.run("share", "set", "sales", "main.eu.orders", "--no-history", "--cdf")
                        .exit())
                .isZero();
        assertThat(sent()).contains("\"UPDATE\"", "\"DISABLED\"", "\"cdf_enabled\":true");

        assertThat(shell.run("share", "remove", "sales", "main.eu").exit()).isZero();
        assertThat(sent()).contains("\"REMOVE\"", "\"SCHEMA\"");

        server.on("PATCH " + SHARES + "/sales/permissions", Answer.json("{\"privilege_assignments\":[]}"));
        Run revoked = shell.run("share", "revoke", "sales", "acme", "--yes");
        assertThat(revoked.exit()).as(revoked.err()).isZero();
        assertThat(sent()).contains("\"remove\":[\"SELECT\"]", "acme");
    }

    @Test
    void urlsAreGivenAShorterLife() {
        Run run = shell.run("share", "update", "sales", "--url-seconds", "300");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).contains("300");
        assertThat(sent()).isEqualTo("{\"url_lifetime_seconds\":300}");
        assertThat(shell.run("share", "update", "sales").exit()).isEqualTo(2);
        assertThat(shell.run("share", "add", "sales", "main.eu.orders", "--partition", "region")
                        .exit())
                .isEqualTo(2);
    }

    @Test
    void deletingNeedsAYes() {
        server.on("DELETE " + SHARES + "/sales", Answer.json("{}"));

        assertThat(shell.run("share", "delete", "sales").exit()).isEqualTo(2);
        assertThat(shell.run("share", "delete", "sales", "--yes").out()).contains("sales");
    }

    @Test
    void aNameOfTwoPartsIsASchemaAndOneOfThreeATable() {
        Run run = shell.run("share", "add", "sales", "A.b", "--as", "shop");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(sent())
                .contains("\"name\":\"a.b\"", "\"data_object_type\":\"SCHEMA\"", "\"string_shared_as\":\"shop\"");
        shell.run("share", "add", "sales", "a.b.c", "--as", "x.y");
        assertThat(sent()).contains("\"TABLE\"", "\"shared_as\":\"x.y\"");
        shell.run("share", "add", "sales", "a.b.v", "--type", "VOLUME", "--as", "x.v");
        assertThat(sent()).contains("\"VOLUME\"", "\"string_shared_as\":\"x.v\"");
    }

    @Test
    void aNameThatFitsNoTypeIsRefusedBeforeAnythingIsSent() {
        assertThat(shell.run("share", "add", "sales", "a.b", "--type", "MODEL").exit())
                .isEqualTo(2);
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void aShareOfAProviderIsMountedAsACatalog() {
        server.on("POST /api/2.1/unity-catalog/catalogs", Answer.json("{\"name\":\"mine\"}"));

        Run run = shell.run("catalog", "create", "mine", "--provider", "acme", "--share", "sales");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(sent()).contains("\"name\":\"mine\"", "\"provider_name\":\"acme\"", "\"share_name\":\"sales\"");
    }

    /** The body of the last request that had one. */
    private String sent() {
        return server.asked().stream()
                .map(FakeServer.Asked::body)
                .filter(body -> !body.isEmpty())
                .reduce("", (before, body) -> body);
    }
}
