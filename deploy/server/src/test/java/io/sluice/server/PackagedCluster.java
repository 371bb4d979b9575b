package io.sluice.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.StreamSupport;

/** {@code ./sluice cluster} as a user starts it: a supervisor, its database and its pods. Stops with the test. */
final class PackagedCluster implements AutoCloseable {
    private static final Path JAR = Path.of("../cluster/target/sluice-cluster.jar");
    private static final Path SERVER = Path.of("target/quarkus-app/quarkus-run.jar");
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path data;
    private final Path log;
    private final Process supervisor;

    private PackagedCluster(Path data, Path log, Process supervisor) {
        this.data = data;
        this.log = log;
        this.supervisor = supervisor;
    }

    /** Starts on free ports and waits until all pods serve. */
    static PackagedCluster start(Path data, int pods, String... options) throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of("--pods", Integer.toString(pods), "--data", data.toString(), "--port", "0"));
        arguments.addAll(List.of(options));
        Path log = Files.createTempFile("sluice-cluster", ".log");
        PackagedCluster cluster = new PackagedCluster(data, log, run(log, arguments));
        cluster.await("all pods serve", () -> Files.exists(data.resolve("ready")));
        return cluster;
    }

    /** Runs one of the verbs for a cluster that runs already, to its end. */
    int verb(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", data.toString()));
        Process process = run(log, all);
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) throw new TimeoutException(output());
        return process.exitValue();
    }

    private static Process run(Path log, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx96m",
                "-Dsluice.server.jar=" + SERVER.toAbsolutePath(),
                "-jar",
                JAR.toString()));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /** A pod, in the eyes of the cluster's admin. */
    PackagedServer pod(int number) throws IOException {
        return PackagedServer.view(supervisor, data.resolve("pods").resolve("pod-" + number), log, token());
    }

    String token() throws IOException {
        return Files.readString(data.resolve("admin.token")).trim();
    }

    /** What {@code cluster.json} says of a pod. */
    JsonNode entry(int number) throws IOException {
        return JSON.readTree(data.resolve("cluster.json").toFile()).path(number);
    }

    ProcessHandle process(int number) throws IOException {
        return ProcessHandle.of(entry(number).path("pid").asLong()).orElseThrow();
    }

    List<ProcessHandle> pods() throws IOException {
        return StreamSupport.stream(
                        JSON.readTree(data.resolve("cluster.json").toFile()).spliterator(), false)
                .flatMap(entry -> ProcessHandle.of(entry.path("pid").asLong()).stream())
                .toList();
    }

    ProcessHandle database() throws IOException {
        String pid =
                Files.readAllLines(data.resolve("postgres/data/postmaster.pid")).get(0);
        return ProcessHandle.of(Long.parseLong(pid.trim())).orElseThrow();
    }

    ProcessHandle supervisor() {
        return supervisor.toHandle();
    }

    /** Waits for another process than that one to serve in the pod's seat. */
    void awaitSuccessor(int number, ProcessHandle gone) throws Exception {
        await(
                "pod-" + number + " is back",
                () -> entry(number).path("pid").asLong() != gone.pid()
                        && Files.exists(
                                data.resolve("pods").resolve("pod-" + number).resolve("ready")));
    }

    interface Check {
        boolean holds() throws Exception;
    }

    void await(String what, Check check) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!check.holds()) {
            if (System.nanoTime() - deadline > 0) throw new TimeoutException(what + " never came true: " + output());
            if (supervisor.waitFor(50, TimeUnit.MILLISECONDS) && !check.holds())
                throw new IllegalStateException("ended before " + what + ": " + output());
        }
    }

    String output() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() throws InterruptedException {
        supervisor.destroy();
        if (!supervisor.waitFor(60, TimeUnit.SECONDS))
            supervisor.destroyForcibly().waitFor();
    }
}
