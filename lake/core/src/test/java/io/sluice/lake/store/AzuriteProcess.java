package io.sluice.lake.store;

import io.sluice.lake.store.AzureConnection.Credentials;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A blob service of Azure's kind on this machine: Microsoft's own emulator, which checks signatures. It is a package of
 * npm, fetched once into the folder for temporary files, and needs Node.
 */
final class AzuriteProcess implements AutoCloseable {
    private static final String VERSION = "3.37.0";
    private static final String ACCOUNT = "sluicetest";
    private static final String KEY = "c2x1aWNlLXRlc3Qta2V5LXNsdWljZS10ZXN0LWtleQ==";
    private static final long INSTALL_MINUTES = 5;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(90);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Process process;
    private final Thread end;
    private final int port;

    private AzuriteProcess(Process process, int port) {
        this.process = process;
        this.port = port;
        this.end = new Thread(process::destroyForcibly, "end of azurite");
        Runtime.getRuntime().addShutdownHook(end);
    }

    /** Its program, fetched if need be; empty where there is no Node, or npm has none to give. */
    static Optional<Path> program() throws IOException {
        Path home = Path.of(System.getProperty("java.io.tmpdir"), "sluice-azurite-" + VERSION);
        Path program = home.resolve("node_modules/azurite/dist/src/blob/main.js");
        if (!isCommand("node") || !isCommand("npm")) return Optional.empty();
        if (!Files.isRegularFile(program)) install(home);
        return Optional.of(program).filter(Files::isRegularFile);
    }

    /** Starts a service that keeps its blobs below {@code folder}, and waits until it answers. */
    static AzuriteProcess start(Path program, Path folder) throws IOException {
        int port = freePort();
        ProcessBuilder builder = new ProcessBuilder(
                        "node",
                        program.toString(),
                        "--blobHost",
                        "127.0.0.1",
                        "--blobPort",
                        String.valueOf(port),
                        "--location",
                        folder.toString(),
                        "--silent",
                        "--disableTelemetry",
                        "--skipApiVersionCheck")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("azurite.log").toFile());
        builder.environment().put("AZURITE_ACCOUNTS", ACCOUNT + ":" + KEY);
        AzuriteProcess service = new AzuriteProcess(builder.start(), port);
        if (service.becomesReady()) return service;
        service.close();
        throw new IOException("Azurite did not start:\n" + Files.readString(folder.resolve("azurite.log")));
    }

    AzureConnection connection() {
        return connection(new Credentials.AccountKey(KEY));
    }

    AzureConnection connection(Credentials credentials) {
        URI endpoint = URI.create("http://127.0.0.1:" + port + "/" + ACCOUNT);
        return new AzureConnection(ACCOUNT, Optional.of(endpoint), Optional.empty(), credentials);
    }

    void container(String name) {
        AzureClients.open(connection(), name, new TrafficMeter()).container().create();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly();
            Runtime.getRuntime().removeShutdownHook(end);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            // The machine is shutting down; the hook does the same.
        }
    }

    private static boolean isCommand(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }

    private static void install(Path home) throws IOException {
        Files.createDirectories(home);
        List<String> command = List.of(
                "npm",
                "install",
                "--no-audit",
                "--no-fund",
                "--loglevel=error",
                "--prefix",
                home.toString(),
                "azurite@" + VERSION);
        Process npm = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("npm.log").toFile())
                .start();
        try {
            if (!npm.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES)) npm.destroyForcibly();
        } catch (InterruptedException e) {
            npm.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private boolean becomesReady() {
        long start = System.nanoTime();
        while (process.isAlive() && System.nanoTime() - start < PATIENCE_NANOS) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
                return process.isAlive();
            } catch (IOException notYet) {
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
        return false;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
