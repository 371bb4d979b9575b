package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.FakeServer.Answer;
import io.sluice.cli.Shell.Run;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scripts live by the exit code, people by the sentence. */
class ExitCodeTest {
    private static final String SHARES = "/api/2.1/unity-catalog/shares";

    private final FakeServer server = new FakeServer();
    private final Shell shell;

    ExitCodeTest(@TempDir Path home) {
        shell = new Shell(home).with("SLUICE_SERVER", server.url()).with("SLUICE_TOKEN", "good-token");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "400, INVALID_PARAMETER_VALUE, 1",
        "400, SHARE_ALREADY_EXISTS, 5",
        "401, UNAUTHENTICATED, 4",
        "403, PERMISSION_DENIED, 4",
        "404, SHARE_NOT_FOUND, 3",
        "409, ABORTED, 5",
        "429, RESOURCE_EXHAUSTED, 6",
        "500, INTERNAL, 1",
        "503, UNAVAILABLE, 6"
    })
    void eachKindOfRefusalHasItsExitCode(int status, String code, int exit) {
        server.on(
                "GET " + SHARES,
                Answer.of(status, "{\"error_code\":\"%s\",\"message\":\"No, because.\"}".formatted(code)));

        Run run = shell.run("share", "list");

        assertThat(run.exit()).isEqualTo(exit);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("sluice: No, because.").endsWith("(%s)\n".formatted(code));
    }

    @Test
    void whoeverIsNotLetInIsToldHowToGetIn() {
        server.on("GET " + SHARES, Answer.of(401, "{\"error_code\":\"UNAUTHENTICATED\",\"message\":\"Who?\"}"));

        assertThat(shell.run("share", "list").err())
                .isEqualTo("sluice: Who? Log in with: sluice login (UNAUTHENTICATED)\n");
    }

    @Test
    void theRequestIdOfTheBodyIsShown() {
        server.on("GET " + SHARES, Answer.of(404, """
                {"error_code":"SHARE_NOT_FOUND","message":"Share x does not exist.",
                 "details":[{"@type":"type.googleapis.com/google.rpc.RequestInfo","request_id":"r-17"}]}"""));

        assertThat(shell.run("share", "list").err())
                .isEqualTo("sluice: Share x does not exist. (SHARE_NOT_FOUND)\n  request id: r-17\n");
    }

    @Test
    void theRequestIdOfTheHeaderServesWhereTheBodyHasNone() {
        server.on("GET " + SHARES, Answer.of(502, "<html>gateway</html>").with("x-request-id", "r-18"));

        Run run = shell.run("share", "list");

        assertThat(run.exit()).isEqualTo(6);
        assertThat(run.err()).contains("answered 502 and gave no reason.").contains("request id: r-18");
    }

    @Test
    void aSharingErrorIsReadToo() {
        server.on(
                "GET " + SHARES, Answer.of(403, "{\"errorCode\":\"PERMISSION_DENIED\",\"message\":\"Key revoked.\"}"));

        assertThat(shell.run("share", "list").err()).startsWith("sluice: Key revoked. (PERMISSION_DENIED)");
    }

    @Test
    void whereNobodyListensTheCommandIsUnavailable() {
        server.close();

        Run run = shell.run("share", "list");

        assertThat(run.exit()).isEqualTo(6);
        assertThat(run.err())
                .startsWith("sluice: Nothing answers at http://127.0.0.1:")
                .hasLineCount(1);
    }

    @Test
    void anUnknownHostIsOneClearSentence() {
        Run run = shell.run("share", "list", "--server", "http://no-such-host.invalid:1");

        assertThat(run.exit()).isEqualTo(6);
        assertThat(run.err())
                .isEqualTo("sluice: The host \"no-such-host.invalid\" is not known. Check the server's address.\n");
    }

    @Test
    void anotherProgramOnThatPortIsNotTakenForTheServer() {
        server.on("GET " + SHARES, Answer.of(200, "<html>Welcome!</html>"));

        Run run = shell.run("share", "list");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("is not a Sluice server").hasLineCount(1);
    }

    @Test
    void aMisspeltVerbIsAUsageMistakeWithASuggestion() {
        Run run = shell.run("catalogue", "list");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("sluice catalog");
    }

    @Test
    void aNounAloneIsAUsageMistake() {
        assertThat(shell.run("share").exit()).isEqualTo(2);
    }

    @Test
    void anImpossibleNameIsRefusedBeforeAnythingIsSent() {
        Run run = shell.run("table", "get", "only.two");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("expected 3");
        assertThat(server.asked()).isEmpty();
    }
}
