package io.sluice.bench.server;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server started by the launcher on a free port of its own, with the constant switched on to measure against. */
public final class ServerProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration LOOK = Duration.ofMillis(5);

    private final Process process;
    private final Path data;
    private final Path log;
    private final Duration startTime;

    private ServerProcess(Process process, Path data, Path log, Duration startTime) {
        this.process = process;
        this.data = data;
        this.log = log;
        this.startTime = startTime;
    }

    /** Starts {@code sluice dev} and waits until it serves. */
    public static ServerProcess start(Path data, String... options) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("dev", "--data", data.toString(), "--port", "0"));
        arguments.addAll(List.of(options));
        return launch(data, arguments, Map.of("SLUICE_BENCH", "true"));
    }

    /**
     * Starts {@code sluice start} with a configuration, and waits until it serves.
     *
     * @param data the folder that the configuration names
     * @param javaOptions in the place of the launcher's own
     */
    public static ServerProcess configured(Path data, Path configuration, String javaOptions)
            throws IOException, InterruptedException {
        return launch(
                data,
                List.of("start", "--config", configuration.toString()),
                Map.of("SLUICE_JAVA_OPTS", javaOptions + " -Dsluice.bench=true"));
    }

    private static ServerProcess launch(Path data, List<String> arguments, Map<String, String> environment)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(home().resolve("sluice").toString()));
        command.addAll(arguments);
        Path log = data.resolveSibling(data.getFileName() + ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        long begun = System.nanoTime();
        Process process = builder.start();
        try {
            awaitReady(process, data, log, begun);
        } catch (IOException | InterruptedException e) {
            process.destroy();
            throw e;
        }
        return new ServerProcess(process, data, log, Duration.ofNanos(System.nanoTime() - begun));
    }

    /** The project's folder. */
    static Path home() {
        String home = System.getenv("SLUICE_HOME");
        if (home == null) throw new IllegalStateException("SLUICE_HOME is not set. Call the benchmarks by ./sluice.");
        return Path.of(home);
    }

    private static void awaitReady(Process process, Path data, Path log, long begun)
            throws IOException, InterruptedException {
        while (!Files.exists(data.resolve("ready"))) {
            if (process.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS))
                throw new IOException("the server ended before it was ready:\n" + Files.readString(log));
            if (System.nanoTime() - begun > PATIENCE.toNanos())
                throw new IOException("the server was not ready in time:\n" + Files.readString(log));
        }
    }

    /** From the launcher's start to the ready file. */
    public Duration startTime() {
        return startTime;
    }

    public URI uri() throws IOException {
        return URI.create(Files.readString(data.resolve("ready")).trim());
    }

    public Path data() {
        return data;
    }

    public String adminToken() throws IOException {
        return Files.readString(data.resolve("admin.token")).trim();
    }

    /** Processor time the server has used since it started, over all cores. */
    public Duration cpu() {
        return process.info()
                .totalCpuDuration()
                .orElseThrow(() -> new IllegalStateException("the system does not tell the server's processor time"));
    }

    /** Bytes of its heap that are in use, after a full collection. */
    public long liveHeapBytes() throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process asked = new ProcessBuilder(jcmd.toString(), String.valueOf(process.pid()), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String text = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (asked.waitFor() != 0) throw new IOException("jcmd cannot ask the server: " + text);
        return text.lines()
                .filter(line -> line.startsWith("Total"))
                .mapToLong(line -> Long.parseLong(line.trim().split("\\s+")[2]))
                .findFirst()
                .orElseThrow(() -> new IOException("jcmd told no total: " + text));
    }

    /** Memory of the machine that the server takes. */
    public long residentBytes() throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow(() -> new IOException("the system does not tell the server's memory"));
    }

    /** What the server printed so far, for a failed benchmark's message. */
    public String output() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) process.destroyForcibly().waitFor();
    }
}
