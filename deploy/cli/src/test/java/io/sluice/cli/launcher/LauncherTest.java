package io.sluice.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.launcher.Checkout.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** When {@code ./sluice} builds, what it then runs, and what it says when it cannot. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class LauncherTest {
    private static final Instant LATER = Instant.parse("2099-01-01T00:00:00Z");

    @TempDir
    Path folder;

    private Checkout checkout;

    @BeforeEach
    void checkOut() throws IOException {
        checkout = new Checkout(folder);
    }

    @Test
    void theFirstCallBuildsEverythingAndTheSecondNothing() throws Exception {
        Run first = checkout.run("table", "get", "a.b.c");
        assertThat(first.exit()).isZero();
        assertThat(first.err()).startsWith("sluice: building first");
        assertThat(checkout.calls())
                .satisfiesExactly(
                        build -> assertThat(build).isEqualTo("mvn -B -ntp -DskipTests package"),
                        run -> assertThat(run).startsWith("java ").endsWith("sluice-cli.jar table get a.b.c"));

        Run second = checkout.run("table", "get", "a.b.c");
        assertThat(second.err()).isEmpty();
        assertThat(checkout.calls()).hasSize(1);
    }

    @Test
    void theServerGetsItsVerbAndItsArguments() throws Exception {
        checkout.run("dev", "--data", "my data", "--port", "0");

        assertThat(checkout.calls().get(1))
                .startsWith("java -Xm")
                .endsWith("quarkus-run.jar dev --data my data --port 0");
    }

    @Test
    void theNextServerTakesUpTheArchiveThatTheLastOneLeft() throws Exception {
        checkout.run("dev");
        assertThat(checkout.calls().get(1)).contains("-XX:ArchiveClassesAtExit=");

        // No process has a number as high as this one.
        checkout.write("target/server.jsa.999999999", "parsed classes", LATER);
        checkout.run("dev");

        assertThat(checkout.calls().get(0)).contains("-XX:SharedArchiveFile=").doesNotContain("AtExit");
        assertThat(checkout.root().resolve("target/server.jsa")).hasContent("parsed classes");
    }

    @Test
    void aClusterGetsItsArgumentsAndIsToldWhereTheServerIs() throws Exception {
        checkout.run("cluster", "--pods", "3");
        assertThat(checkout.calls().get(1))
                .contains("-Dsluice.server.jar=" + checkout.root().toRealPath())
                .endsWith("sluice-cluster.jar --pods 3");

        checkout.write("deploy/server/src/main/Server.java", "new", LATER);
        checkout.run("cluster", "restart", "pod-1");
        assertThat(checkout.calls())
                .as("nothing is built under a cluster that runs")
                .singleElement()
                .asString()
                .endsWith("sluice-cluster.jar restart pod-1");
    }

    @Test
    void aBenchmarkGetsItsArgumentsWithoutTheVerb() throws Exception {
        checkout.run("bench", "path", "--json", "f");

        assertThat(checkout.calls().get(1)).endsWith("sluice-bench.jar path --json f");
    }

    @Test
    void aNewerSourceIsBuiltAndOnlyWhereItMatters() throws Exception {
        checkout.run("--version");
        checkout.calls();

        checkout.write("deploy/server/src/main/Server.java", "new", LATER);
        checkout.run("--version");
        assertThat(checkout.calls())
                .as("the command line does not need the server")
                .hasSize(1);

        checkout.run("dev");
        assertThat(checkout.calls()).first().asString().startsWith("mvn");
    }

    @Test
    void theCommandLineAloneIsBuiltOnceThereIsAServer() throws Exception {
        checkout.run("--version");
        checkout.calls();

        checkout.write("deploy/cli/src/main/Cli.java", "new", LATER);
        checkout.run("--version");

        assertThat(checkout.calls()).first().isEqualTo("mvn -B -ntp -DskipTests -pl deploy/cli -am package");
    }

    @Test
    void aDeletedSourceIsNoticed() throws Exception {
        checkout.run("dev");
        checkout.calls();

        checkout.write("deploy/server/src/main/Gone.java", "new", LATER);
        Files.delete(checkout.root().resolve("deploy/server/src/main/Gone.java"));
        checkout.run("dev");

        assertThat(checkout.calls()).first().asString().startsWith("mvn");
    }

    @Test
    void aChangedTestBuildsNothing() throws Exception {
        checkout.run("dev");
        checkout.calls();

        checkout.write("deploy/server/src/test/ServerTest.java", "new", Instant.parse("2020-01-01T00:00:00Z"));
        Files.writeString(checkout.root().resolve("deploy/server/src/test/ServerTest.java"), "newer");
        checkout.run("dev");

        assertThat(checkout.calls()).hasSize(1);
    }

    @Test
    void aBrokenBuildIsShownAndRunsNothing() throws Exception {
        checkout.breakTheBuild();

        Run run = checkout.run("share", "list");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("[ERROR] Cli.java:[1,1] nonsense").contains("target/build.log");
        assertThat(checkout.calls()).hasSize(1);
    }

    @Test
    void itFindsItsOwnFolderThroughLinks() throws Exception {
        Path first = Files.createSymbolicLink(folder.resolve("first"), Path.of("a checkout/sluice"));
        Path second = Files.createSymbolicLink(folder.resolve("second"), first);

        assertThat(checkout.runAs(second, "--version").exit()).isZero();
        assertThat(checkout.calls()).hasSize(2);
    }

    @Test
    void anOldJavaIsRefusedInOneSentence() throws Exception {
        Path old = checkout.javaOf("11.0.2");

        Run run = checkout.withJavaHome(old.toString()).run("dev");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("is Java 11; Sluice needs 17 or newer").hasLineCount(1);
        assertThat(checkout.calls()).isEmpty();
    }

    @Test
    void theOldWayOfNumberingIsUnderstood() throws Exception {
        assertThat(checkout.withJavaHome(checkout.javaOf("1.8.0_392").toString())
                        .run("dev")
                        .err())
                .contains("is Java 8;");
    }

    @Test
    void aJavaHomeWithoutJavaIsNamed() throws Exception {
        Run run = checkout.withJavaHome(folder.toString()).run("dev");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("there is no java in it").hasLineCount(1);
    }
}
