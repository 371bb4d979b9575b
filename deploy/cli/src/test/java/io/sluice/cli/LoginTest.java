package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.FakeServer.Answer;
import io.sluice.cli.FakeServer.Asked;
import io.sluice.cli.Shell.Run;
import io.sluice.cli.setting.Profile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The ways in and out, and what stays on this machine of each. */
class LoginTest {
    private static final String SESSION = "{\"access_token\":\"t-session\",\"expires_in\":3600}";
    private static final String LOGOUT = "POST /api/1.0/unity-control/auth/logout";

    private final FakeServer server = new FakeServer()
            .on("GET /api/1.0/unity-control/scim2/Me", Answer.json("{\"userName\":\"ann@example.com\"}"))
            .on("POST /api/1.0/unity-control/auth/tokens", Answer.json(SESSION))
            .on("POST /oidc/v1/token", Answer.json(SESSION))
            .on(LOGOUT, Answer.json("{}"));

    private final Path home;
    private final Shell shell;

    LoginTest(@TempDir Path home) {
        this.home = home;
        shell = new Shell(home).with("SLUICE_SERVER", server.url());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aTokenIsTriedAndItsUserIsNamed() {
        assertThat(shell.input("t-mine\n").run("login").out()).contains("user     ann@example.com");
        assertThat(server.asked()).extracting(Asked::authorization).containsExactly("Bearer t-mine");
    }

    @Test
    void anIdTokenIsExchangedForASession() {
        Run run = shell.input("t.id.token\n").run("login", "--id-token-stdin");

        assertThat(run.exit()).isZero();
        assertThat(run.err()).contains("ends in 60 minutes");
        assertThat(server.asked().get(0).body())
                .contains("subject_token=t.id.token", "subject_token_type=urn%3Aietf%3Aparams");
        assertThat(kept().token()).isEqualTo("t-session");
        assertThat(run.out() + run.err()).doesNotContain("t-session", "t.id.token");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aServicePrincipalsSecretComesFromAFileThatNobodyElseCanRead() throws IOException {
        Path secret = Files.writeString(home.resolve("secret"), "s-1\n");
        String[] login = {"login", "--client-id", "app-1", "--client-secret-file", secret.toString()};
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(shell.run(login).exit()).isEqualTo(2);
        assertThat(server.asked()).isEmpty();

        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        assertThat(shell.run(login).exit()).isZero();
        assertThat(server.asked().get(0).body()).contains("client_id=app-1", "client_secret=s-1");
    }

    @Test
    void theSecretMayStandOnStandardInput() {
        assertThat(shell.input("s-2\n").run("login", "--client-id", "app-1").exit())
                .isZero();
        assertThat(server.asked().get(0).body()).contains("client_secret=s-2");
    }

    @Test
    void anErrorOfOAuthIsReadLikeAnyOther() {
        server.on(
                "POST /oidc/v1/token", Answer.of(401, "{\"error\":\"invalid_client\",\"error_description\":\"No.\"}"));

        Run run = shell.input("s-3\n").run("login", "--client-id", "app-1");

        assertThat(run.exit()).isEqualTo(4);
        assertThat(run.err()).startsWith("sluice: No.").contains("(invalid_client)");
        assertThat(shell.profiles().names()).isEmpty();
    }

    @Test
    void waysInExcludeEachOther() {
        assertThat(shell.run("login", "--id-token-stdin", "--client-id", "a").exit())
                .isEqualTo(2);
        assertThat(shell.run("login", "--client-secret-file", "f").exit()).isEqualTo(2);
        assertThat(shell.input("").run("login").exit()).isEqualTo(2);
    }

    @Test
    void aBadNameIsRefusedBeforeASessionIsOpened() {
        assertThat(shell.input("x")
                        .run("login", "--id-token-stdin", "--name", "../x")
                        .exit())
                .isEqualTo(2);
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void loggingOutEndsTheSessionAndForgetsTheProfile() {
        keep("work");

        assertThat(shell.run("logout").exit()).isZero();
        assertThat(server.asked()).extracting(Asked::request).containsExactly(LOGOUT);
        assertThat(server.asked()).extracting(Asked::authorization).containsExactly("Bearer t-work");
        assertThat(shell.profiles().names()).isEmpty();
        assertThat(shell.run("logout").exit()).isEqualTo(2);
    }

    @Test
    void aServerThatIsAwayKeepsNobodyFromForgetting() {
        keep("work");
        server.close();

        Run run = shell.run("logout", "--name", "work");

        assertThat(run.exit()).isZero();
        assertThat(run.err()).contains("The server was not told");
        assertThat(shell.profiles().names()).isEmpty();
    }

    @Test
    void profilesAreShownUsedAndDeletedWithoutTheirTokens() {
        keep("home");
        keep("work");

        assertThat(shell.run("profile", "show").out()).contains("name    work", "in use  true");
        assertThat(shell.run("profile", "use", "home").exit()).isZero();
        assertThat(shell.run("profile", "show", "work", "-o", "json").out())
                .contains("\"in_use\" : false")
                .doesNotContain("t-work");
        assertThat(shell.run("profile", "delete", "work").out())
                .contains("home")
                .doesNotContain("work");
        assertThat(shell.run("profile", "show", "work").exit()).isEqualTo(3);
    }

    private Profile kept() {
        return shell.profiles().current().orElseThrow();
    }

    private void keep(String name) {
        shell.profiles().save(new Profile(name, URI.create(server.url()), "t-" + name));
        shell.profiles().use(name);
    }
}
