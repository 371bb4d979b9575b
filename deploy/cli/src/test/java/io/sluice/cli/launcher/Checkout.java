package io.sluice.cli.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A checkout in miniature with the real launcher, and a Maven and a Java that only write down how they were called. */
final class Checkout {
    record Run(int exit, String out, String err) {}

    private static final String CLI_JAR = "deploy/cli/target/sluice-cli.jar";
    private static final String SERVER_JAR = "deploy/server/target/quarkus-app/quarkus-run.jar";
    private static final String BENCH_JAR = "bench/target/sluice-bench.jar";
    private static final String CLUSTER_JAR = "deploy/cluster/target/sluice-cluster.jar";

    private final Path root;
    private final Path tools;
    private String javaHome;

    Checkout(Path folder) throws IOException {
        root = Files.createDirectories(folder.resolve("a checkout"));
        tools = Files.createDirectories(folder.resolve("tools"));
        script(root.resolve("sluice"), Files.readString(launcher()));
        for (String source : List.of("pom.xml", "deploy/cli/src/main/Cli.java", "deploy/server/src/main/Server.java"))
            write(source, "old", Instant.parse("2020-01-01T00:00:00Z"));
        script(tools.resolve("mvn"), """
                #!/bin/sh
                echo "mvn $*" >>"%s/calls"
                echo "[INFO] Building Sluice: command line 0.1.0-SNAPSHOT                     [2/14]"
                if [ -e ../broken ]; then echo "[ERROR] Cli.java:[1,1] nonsense"; exit 1; fi
                for jar in %s %s %s %s; do mkdir -p "$(dirname $jar)"; : >$jar; done
                """.formatted(tools, CLI_JAR, SERVER_JAR, BENCH_JAR, CLUSTER_JAR));
        javaHome = javaOf("17.0.15").toString();
    }

    /** Surefire runs in the module's folder. */
    private static Path launcher() {
        return Path.of("../../sluice").toAbsolutePath().normalize();
    }

    Path root() {
        return root;
    }

    Path javaOf(String version) throws IOException {
        Path home = Files.createDirectories(tools.resolve("jdk-" + version + "/bin"))
                .getParent();
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"%s\"\n".formatted(version));
        script(home.resolve("bin/java"), """
                #!/bin/sh
                case "$*" in *ArchiveClassesAtExit*sluice-cli.jar*) exit 0;; esac
                echo "java $*" >>"%s/calls"
                """.formatted(tools));
        return home;
    }

    Checkout withJavaHome(String home) {
        javaHome = home;
        return this;
    }

    void write(String file, String text, Instant modified) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        for (Path at = path; !at.equals(root); at = at.getParent())
            Files.setLastModifiedTime(at, FileTime.from(modified));
    }

    void breakTheBuild() throws IOException {
        Files.createFile(root.resolveSibling("broken"));
    }

    Run run(String... args) throws IOException, InterruptedException {
        return runAs(root.resolve("sluice"), args);
    }

    Run runAs(Path launcher, String... args) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(launcher.toString());
        builder.command().addAll(List.of(args));
        Path out = Files.createTempFile(tools, "out", ".txt");
        Path err = Files.createTempFile(tools, "err", ".txt");
        builder.redirectOutput(out.toFile()).redirectError(err.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("PATH", tools + ":/usr/bin:/bin");
        environment.put("JAVA_HOME", javaHome);
        environment.remove("SLUICE_JAVA_OPTS");
        int exit = builder.start().waitFor();
        return new Run(exit, Files.readString(out), Files.readString(err));
    }

    /** The calls since the last time this was asked. */
    List<String> calls() throws IOException {
        Path file = tools.resolve("calls");
        if (!Files.exists(file)) return List.of();
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        Files.delete(file);
        return lines;
    }

    private static void script(Path path, String text) throws IOException {
        Files.writeString(path, text);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
