package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.FakeServer.Answer;
import io.sluice.cli.Shell.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProviderCommandTest {
    private static final String PROVIDERS = "/api/2.1/unity-catalog/providers";
    private static final String MADE = """
            {"name":"acme","owner":"ann","authentication_type":"TOKEN",
             "recipient_profile":{"share_credentials_version":1,"endpoint":"https://acme.example"}}""";

    private final FakeServer server = new FakeServer();
    private final Path profile;
    private final Shell shell;

    ProviderCommandTest(@TempDir Path home) throws IOException {
        shell = new Shell(home).with("SLUICE_SERVER", server.url()).with("SLUICE_TOKEN", "good-token");
        profile = Files.writeString(home.resolve("config.share"), "{\"bearerToken\":\"s\"}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theProfileIsSentAsItStandsInItsFile() {
        server.on("POST " + PROVIDERS, Answer.json(MADE));

        Run run = shell.run("provider", "create", "acme", "--share-profile", profile.toString());

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).contains("https://acme.example");
        assertThat(server.asked().get(0).body())
                .isEqualTo("{\"name\":\"acme\",\"recipient_profile_str\":\"{\\\"bearerToken\\\":\\\"s\\\"}\"}");
    }

    @Test
    void sharesAndTablesAreListed() {
        server.on("GET " + PROVIDERS + "/acme/shares", Answer.json("{\"shares\":[{\"name\":\"sales\"}]}"));
        server.on(
                "GET /api/2.1/data-sharing/providers/acme/shares/sales",
                Answer.json("{\"tables\":[{\"schema\":\"eu\",\"name\":\"orders\"}]}"));

        assertThat(shell.run("provider", "shares", "acme").out()).contains("sales");
        assertThat(shell.run("provider", "tables", "acme", "sales").out()).contains("eu", "orders");
    }

    @Test
    void deletingNeedsAYes() {
        server.on("GET " + PROVIDERS + "/acme", Answer.json(MADE));
        server.on("DELETE " + PROVIDERS + "/acme", Answer.json("{}"));

        assertThat(shell.run("provider", "delete", "acme").exit()).isEqualTo(2);
        assertThat(shell.run("provider", "delete", "acme", "--yes").exit()).isZero();
    }

    @Test
    void aFileThatIsMissingAndAChangeOfNothingAreToldBeforeAnythingIsSent() {
        assertThat(shell.run("provider", "create", "acme", "--share-profile", profile + "x")
                        .exit())
                .isEqualTo(1);
        assertThat(shell.run("provider", "create", "acme").exit()).isEqualTo(2);
        assertThat(shell.run("provider", "update", "acme").exit()).isEqualTo(2);
        assertThat(server.asked()).isEmpty();
    }
}
