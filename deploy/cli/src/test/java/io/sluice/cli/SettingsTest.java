package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.FakeServer.Answer;
import io.sluice.cli.Shell.Run;
import io.sluice.cli.setting.Profile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which server is asked, with which token; and that tokens stay where they belong. */
class SettingsTest {
    private static final String CATALOGS = "GET /api/2.1/unity-catalog/catalogs";
    private static final Answer NONE = Answer.json("{\"catalogs\":[]}");

    private static final String ME = "GET /api/1.0/unity-control/scim2/Me";

    private final FakeServer mine =
            new FakeServer().on(CATALOGS, NONE).on(ME, Answer.json("{\"userName\":\"ann@example.com\"}"));
    private final FakeServer other = new FakeServer().on(CATALOGS, NONE);
    private final Path home;
    private final Shell shell;

    SettingsTest(@TempDir Path home) {
        this.home = home;
        shell = new Shell(home);
    }

    @AfterEach
    void stop() {
        mine.close();
        other.close();
    }

    @Test
    void theFlagBeatsTheEnvironment() {
        shell.with("SLUICE_SERVER", other.url())
                .with("SLUICE_TOKEN", "t-env")
                .run("catalog", "list", "--server", mine.url());

        assertThat(mine.asked()).hasSize(1);
        assertThat(other.asked()).isEmpty();
    }

    @Test
    void theEnvironmentBeatsTheProfileInUse() {
        keepProfile();

        shell.with("SLUICE_SERVER", other.url()).with("SLUICE_TOKEN", "t-env").run("catalog", "list");

        assertThat(other.asked()).extracting(FakeServer.Asked::authorization).containsExactly("Bearer t-env");
    }

    @Test
    void aNamedProfileBeatsTheEnvironment() {
        keepProfile();

        shell.with("SLUICE_SERVER", other.url()).with("SLUICE_TOKEN", "t-env").run("catalog", "list", "--profile", "p");

        assertThat(mine.asked()).extracting(FakeServer.Asked::authorization).containsExactly("Bearer t-profile");
    }

    @Test
    void aProfilesTokenIsNeverSentToAnotherServer() {
        keepProfile();

        shell.run("catalog", "list", "--server", other.url());

        assertThat(other.asked()).extracting(FakeServer.Asked::authorization).containsExactly("");
    }

    @Test
    void aRedirectDoesNotTakeTheTokenAlong() {
        mine.on(CATALOGS, Answer.of(302, "").with("Location", other.url() + "/api/2.1/unity-catalog/catalogs"));

        Run run = shell.with("SLUICE_SERVER", mine.url())
                .with("SLUICE_TOKEN", "t-env")
                .run("catalog", "list");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(other.asked()).isEmpty();
    }

    @Test
    void loginKeepsAWorkingTokenForItsOwnerOnly() throws IOException {
        Run run = shell.input("t-typed\n").run("login", "--server", mine.url() + "/", "--name", "home");

        assertThat(run.exit()).isZero();
        assertThat(shell.profiles().current()).contains(new Profile("home", URI.create(mine.url()), "t-typed"));
        Path folder = home.resolve(".config/sluice");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList())
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isEqualTo("rw-------");
        }
    }

    @Test
    void loginKeepsNothingThatDoesNotWork() {
        mine.on(ME, Answer.of(401, "{\"error_code\":\"UNAUTHENTICATED\",\"message\":\"Unknown token.\"}"));

        Run run = shell.input("t-wrong\n").run("login", "--server", mine.url());

        assertThat(run.exit()).isEqualTo(4);
        assertThat(shell.profiles().names()).isEmpty();
    }

    @Test
    void noWordThatIsPrintedHoldsAToken() {
        keepProfile();
        Shell loud = shell.with("SLUICE_TOKEN", "t-env").with("SLUICE_SERVER", mine.url());
        List<Run> runs = List.of(
                loud.input("t-typed\n").run("login", "--server", mine.url()),
                loud.run("profile", "list", "-o", "json"),
                loud.run("catalog", "list", "-o", "json"),
                loud.run("share", "list"),
                loud.with("SLUICE_TOKEN", "t-bro\nken").run("catalog", "list"));

        assertThat(runs)
                .allSatisfy(run ->
                        assertThat(run.out() + run.err()).doesNotContain("t-typed", "t-profile", "t-env", "t-bro"));
    }

    @Test
    void thereIsNoOptionForATokenOnTheCommandLine() {
        assertThat(shell.run("catalog", "list", "--token", "t-argv").exit()).isEqualTo(2);
        assertThat(shell.run("catalog", "list", "--server", "http://me:t-argv@127.0.0.1")
                        .exit())
                .isEqualTo(2);
    }

    @Test
    void anUnknownProfileIsNotFound() {
        assertThat(shell.run("catalog", "list", "--profile", "nobody").exit()).isEqualTo(3);
        assertThat(shell.run("profile", "use", "../escape").exit()).isEqualTo(2);
    }

    private void keepProfile() {
        shell.profiles().save(new Profile("p", URI.create(mine.url()), "t-profile"));
        shell.profiles().use("p");
    }
}
