package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.FakeServer.Answer;
import io.sluice.cli.Shell.Run;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipientCommandTest {
    private static final String RECIPIENTS = "/api/2.1/unity-catalog/recipients";
    private static final String MADE = """
            {"name":"acme","activated":%s,"activation_url":"https://s/link/n1","authentication_type":"TOKEN",
             "ip_access_list":{"allowed_ip_addresses":["203.0.113.0/24"]},
             "tokens":[{"id":"t1","expiration_time":1700000000000,"activation_url":"https://s/link/n1"}]}""";

    private final FakeServer server = new FakeServer();
    private final Shell shell;

    RecipientCommandTest(@TempDir Path home) {
        shell = new Shell(home).with("SLUICE_SERVER", server.url()).with("SLUICE_TOKEN", "good-token");
        server.on("POST " + RECIPIENTS, Answer.json(MADE.formatted(false)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void fromWhereAndUntilWhenIsSaidAtOnceAndTheLinkIsPrinted() {
        Run run = shell.run(
                "recipient",
                "create",
                "acme",
                "--allow-ip",
                "203.0.113.0/24",
                "--allow-ip",
                "2001:db8::/32",
                "--expires",
                "2030-01-31T00:00:00Z");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).contains("https://s/link/n1", "203.0.113.0/24");
        assertThat(server.asked().get(0).body())
                .contains("\"allowed_ip_addresses\":[\"203.0.113.0/24\",\"2001:db8::/32\"]")
                .contains("\"expiration_time\":"
                        + Instant.parse("2030-01-31T00:00:00Z").toEpochMilli());
    }

    @Test
    void waitingTellsTheLinkFirstAndTheActivationThen() {
        server.on("GET " + RECIPIENTS + "/acme", Answer.json(MADE.formatted(true)));

        Run run = shell.run("recipient", "create", "acme", "--wait");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err()).contains("https://s/link/n1");
        assertThat(run.out()).contains("activated", "true");
    }

    @Test
    void whoComesWithAnIssuersTokensIsMadeWithItsFirstPolicy() {
        String policies = "/api/2.0/data-sharing/recipients/acme/federation-policies";
        server.on("POST " + policies, Answer.json("{\"name\":\"first\"}"));

        Run run = shell.run(
                "recipient",
                "create",
                "acme",
                "--oidc-issuer",
                "https://login.example.org",
                "--oidc-subject",
                "etl",
                "--oidc-claim",
                "azp",
                "--oidc-audience",
                "sluice");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(server.asked().get(0).body()).contains("\"OIDC_FEDERATION\"");
        assertThat(server.asked().get(1).request()).isEqualTo("POST " + policies);
        assertThat(server.asked().get(1).body())
                .contains("\"issuer\":\"https://login.example.org\"")
                .contains("\"subject_claim\":\"azp\"", "\"subject\":\"etl\"", "\"audiences\":[\"sluice\"]");
    }

    @Test
    void aChangeSendsWhatWasSaidAndNothingElse() {
        server.on("PATCH " + RECIPIENTS + "/acme", Answer.json(MADE.formatted(true)));

        assertThat(shell.run("recipient", "update", "acme", "--allow-all").exit())
                .isZero();

        assertThat(server.asked().get(0).body()).isEqualTo("{\"ip_access_list\":{\"allowed_ip_addresses\":[]}}");
    }

    @Test
    void contradictionsAreToldBeforeAnythingIsSent() {
        assertThat(shell.run("recipient", "create", "a", "--oidc-issuer", "https://x")
                        .exit())
                .isEqualTo(2);
        assertThat(shell.run("recipient", "create", "a", "--allow-all", "--allow-ip", "::1")
                        .exit())
                .isEqualTo(2);
        assertThat(shell.run("recipient", "create", "a", "--expires", "soon").exit())
                .isEqualTo(2);
        assertThat(shell.run("recipient", "create", "a", "--oauth", "--oidc-issuer", "https://x", "--oidc-subject", "y")
                        .exit())
                .isEqualTo(2);
        assertThat(shell.run("recipient", "update", "a").exit()).isEqualTo(2);
        assertThat(server.asked()).isEmpty();
    }
}
