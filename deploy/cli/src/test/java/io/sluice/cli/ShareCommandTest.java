package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.FakeServer.Answer;
import io.sluice.cli.Shell.Run;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShareCommandTest {
    private static final String SHARE = "/api/2.1/unity-catalog/shares/s";

    private final FakeServer server = new FakeServer();
    private final Shell shell;

    ShareCommandTest(@TempDir Path home) {
        shell = new Shell(home).with("SLUICE_SERVER", server.url()).with("SLUICE_TOKEN", "good-token");
        server.on("PATCH " + SHARE, Answer.json("{}"));
        server.on("GET " + SHARE + "?include_shared_data=true", Answer.json("""
                {"name":"s","objects":[
                  {"name":"a.b","data_object_type":"SCHEMA","string_shared_as":"shop"},
                  {"name":"c.d.e","data_object_type":"TABLE","shared_as":"d.other"}]}"""));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aNameOfTwoPartsIsASchemaAndOneOfThreeATable() {
        Run run = shell.run("share", "add", "s", "A.b", "--as", "shop");
        shell.run("share", "add", "s", "a.b.c", "--as", "x.y");
        shell.run("share", "add", "s", "a.b.v", "--type", "VOLUME", "--as", "x.v");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).contains("SCHEMA", "shop", "d.other");
        assertThat(server.asked().get(0).body())
                .contains("\"name\":\"a.b\"", "\"data_object_type\":\"SCHEMA\"", "\"string_shared_as\":\"shop\"");
        assertThat(server.asked().get(2).body()).contains("\"TABLE\"", "\"shared_as\":\"x.y\"");
        assertThat(server.asked().get(4).body()).contains("\"VOLUME\"", "\"string_shared_as\":\"x.v\"");
    }

    @Test
    void aNameThatFitsNoTypeIsRefusedBeforeAnythingIsSent() {
        assertThat(shell.run("share", "add", "s", "a.b", "--type", "MODEL").exit())
                .isEqualTo(2);
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void aShareOfAProviderIsMountedAsACatalog() {
        server.on("POST /api/2.1/unity-catalog/catalogs", Answer.json("{\"name\":\"mine\"}"));

        Run run = shell.run("catalog", "create", "mine", "--provider", "acme", "--share", "sales");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(server.asked().get(0).body())
                .contains("\"name\":\"mine\"", "\"provider_name\":\"acme\"", "\"share_name\":\"sales\"");
    }
}
