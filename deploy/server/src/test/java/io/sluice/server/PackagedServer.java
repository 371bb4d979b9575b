package io.sluice.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** The packaged program in a process of its own, as a user starts it. Stops with the test. */
final class PackagedServer implements AutoCloseable {
    private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final Path data;
    private final Path log;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private String token = "";

    private PackagedServer(Process process, Path data, Path log) {
        this.process = process;
        this.data = data;
        this.log = log;
    }

    /** Starts dev on a free port and waits until it serves. */
    static PackagedServer dev(Path data, String... options) throws Exception {
        return start(data, List.of(), options);
    }

    static PackagedServer start(Path data, List<String> jvm, String... options) throws Exception {
        PackagedServer server = launch(data, jvm, options);
        server.awaitReady();
        return server;
    }

    /** Starts from a configuration file, whose data folder and admin's token are given beside it. */
    static PackagedServer configured(Path config, Path data, String token) throws Exception {
        PackagedServer server = configuredWithoutWaiting(config, data);
        server.awaitReady();
        server.token = token;
        return server;
    }

    static PackagedServer configuredWithoutWaiting(Path config, Path data) throws IOException {
        return run(data, List.of(), List.of("start", "--config", config.toString()));
    }

    /** Starts without waiting. */
    static PackagedServer launch(Path data, List<String> jvm, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("dev", "--data", data.toString()));
        arguments.addAll(List.of(options));
        return run(data, jvm, arguments);
    }

    private static PackagedServer run(Path data, List<String> jvm, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // It ends before the thorough compiler would have paid for itself.
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(jvm);
        command.addAll(List.of("-jar", JAR.toString()));
        command.addAll(arguments);
        Path log = Files.createTempFile("sluice-packaged", ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new PackagedServer(process, data, log);
    }

    void awaitReady() throws Exception {
        Path ready = data.resolve("ready");
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(ready)) {
            if (System.nanoTime() > deadline) throw new TimeoutException("not ready: " + output());
            if (process.waitFor(50, TimeUnit.MILLISECONDS)) throw new IllegalStateException("ended: " + output());
        }
        Path tokenFile = data.resolve("admin.token");
        if (Files.exists(tokenFile)) token = Files.readString(tokenFile).trim();
    }

    void await(String what, PackagedCluster.Check check) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!check.holds()) {
            if (System.nanoTime() - deadline > 0) throw new TimeoutException(what + " never came true: " + output());
            LockSupport.parkNanos(50_000_000);
        }
    }

    int awaitExit() throws InterruptedException, TimeoutException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) throw new TimeoutException("still running");
        return process.exitValue();
    }

    String output() throws IOException {
        return Files.readString(log);
    }

    URI uri() throws IOException {
        return URI.create(Files.readString(data.resolve("ready")).trim());
    }

    /** From the port that is not for the public. */
    Answer manage(String path) throws Exception {
        String port = Files.readString(data.resolve("management.port")).trim();
        return as("none").get("http://127.0.0.1:" + port + path);
    }

    String token() {
        return token;
    }

    /** A server that somebody else has started, and stops. */
    static PackagedServer view(Process process, Path data, Path log, String token) {
        PackagedServer view = new PackagedServer(process, data, log);
        view.token = token;
        return view;
    }

    PackagedServer as(String otherToken) {
        return view(process, data, log, otherToken);
    }

    record Answer(int status, String body, HttpResponse<String> response) {
        JsonNode json() throws IOException {
            return JSON.readTree(body);
        }
    }

    Answer get(String path) throws Exception {
        return send("GET", path, "");
    }

    Answer post(String path, String body) throws Exception {
        return send("POST", path, body);
    }

    Answer send(String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        path.startsWith("http") ? URI.create(path) : URI.create(uri() + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) request.headers(headers);
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body(), response);
    }

    byte[] bytes(String url) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray())
                .body();
    }

    /** As a power cut would: no farewell, no flush. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) process.destroyForcibly().waitFor();
    }
}
