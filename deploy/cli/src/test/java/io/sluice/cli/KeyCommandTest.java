package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.FakeServer.Answer;
import io.sluice.cli.Shell.Run;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Taking back is shown first, asked for twice, and bound to what was shown. */
class KeyCommandTest {
    private static final String SCOPE = "/api/1.0/sluice/keys/catalog%3Asealed";

    private final FakeServer server = new FakeServer()
            .on("POST " + SCOPE + "/simulate", Answer.json("""
                    {"scope":"catalog:sealed","action":"REVOKE","plan_hash":"h1","tables":["a.b.c"],"shares":["s"],
                     "recipients":["r"],"replicas":[],"bytes":9,"open_streams":0}"""))
            .on("POST " + SCOPE + "/revoke", Answer.json("""
                    {"scope":"catalog:sealed","state":"REVOKED","epoch":2}"""))
            .on("POST " + SCOPE + "/restore", Answer.json("""
                    {"scope":"catalog:sealed","state":"ACTIVE","epoch":3}"""));
    private final Shell shell;

    KeyCommandTest(@TempDir Path home) {
        shell = new Shell(home).with("SLUICE_SERVER", server.url()).with("SLUICE_TOKEN", "good-token");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aDryRunShowsWhatIsHitAndRevokesNothing() {
        Run run = shell.run("key", "revoke", "catalog:sealed", "--dry-run", "--yes");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("tables        a.b.c", "recipients    r", "plan          h1");
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void withoutYesNothingIsRevoked() {
        Run run = shell.run("key", "revoke", "catalog:sealed");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("a.b.c").contains("--yes");
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void aRevokeCarriesTheHashOfThePlanItShowed() {
        Run run = shell.run("key", "revoke", "catalog:sealed", "--yes", "--reason", "audit");

        assertThat(run.out()).isEqualTo("scope  catalog:sealed\nstate  REVOKED\nepoch  2\n");
        assertThat(server.asked().get(1).body()).isEqualTo("{\"plan_hash\":\"h1\",\"reason\":\"audit\"}");
    }

    @Test
    void aPlanSeenEarlierIsTheOneThatIsSent() {
        shell.run("key", "revoke", "catalog:sealed", "--yes", "--plan", "h0");

        assertThat(server.asked().get(1).body()).contains("\"plan_hash\":\"h0\"");
    }

    @Test
    void aRestoreNeedsNoSecondWord() {
        assertThat(shell.run("key", "restore", "catalog:sealed").out()).contains("ACTIVE");
    }
}
