package io.sluice.bench.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.catalog.store.StoreUrl;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

/** Pods of an empty world, with their own PostgreSQL, as {@code ./sluice cluster} starts them on free ports. */
public final class ClusterProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process supervisor;
    private final Path data;

    private ClusterProcess(Process supervisor, Path data) {
        this.supervisor = supervisor;
        this.data = data;
    }

    /** One of the pods as it is now. */
    public record Pod(URI uri, URI management, long pid) {}

    public static ClusterProcess start(Path data, int pods) throws IOException, InterruptedException {
        Path log = log(data);
        Process supervisor = cluster(data, "--pods", Integer.toString(pods), "--port", "0", "--empty");
        long begun = System.nanoTime();
        while (!Files.exists(data.resolve("ready"))) {
            if (supervisor.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS))
                throw new IOException("the cluster ended before it was ready:\n" + Files.readString(log));
            if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                supervisor.destroy();
                throw new IOException("the cluster was not ready in time:\n" + Files.readString(log));
            }
        }
        return new ClusterProcess(supervisor, data);
    }

    /** Restarts all pods, one after another, and returns when that is done. */
    public void roll() throws IOException, InterruptedException {
        if (cluster(data, "roll").waitFor() != 0)
            throw new IOException("the cluster was not rolled:\n" + Files.readString(log(data)));
    }

    public List<Pod> pods() throws IOException {
        return StreamSupport.stream(
                        JSON.readTree(data.resolve("cluster.json").toFile()).spliterator(), false)
                .map(ClusterProcess::pod)
                .toList();
    }

    private static Pod pod(JsonNode entry) {
        return new Pod(
                URI.create(entry.path("url").asText()),
                URI.create("http://127.0.0.1:" + entry.path("management_port").asInt()),
                entry.path("pid").asLong());
    }

    /** A database of this name beside that of the pods; nobody uses it yet. */
    public StoreUrl database(String name) throws IOException, SQLException {
        Properties pod = new Properties();
        try (Reader file = Files.newBufferedReader(data.resolve("pods/pod-0.properties"))) {
            pod.load(file);
        }
        StoreUrl.Postgres own = (StoreUrl.Postgres) StoreUrl.parse(pod.getProperty("sluice.store"));
        String password = Files.readString(Path.of(pod.getProperty("sluice.store-password-file")))
                .strip();
        try (Connection connection = DriverManager.getConnection(own.jdbcUrl(), own.user(), password);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return new StoreUrl.Postgres(
                own.jdbcUrl().replaceFirst("/[^/?]*(\\?|$)", "/" + name + "$1"), own.user(), password);
    }

    public String adminToken() throws IOException {
        return Files.readString(data.resolve("admin.token")).trim();
    }

    private static Process cluster(Path data, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(ServerProcess.home().resolve("sluice").toString(), "cluster"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--data", data.toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log(data).toFile()))
                .start();
    }

    private static Path log(Path data) {
        return data.resolveSibling(data.getFileName() + ".log");
    }

    @Override
    public void close() throws InterruptedException {
        supervisor.destroy();
        if (!supervisor.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
            supervisor.destroyForcibly().waitFor();
    }
}
