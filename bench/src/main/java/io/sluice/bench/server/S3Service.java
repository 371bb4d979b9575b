package io.sluice.bench.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An S3 service on this machine whose buckets are folders. Checks signatures. */
public final class S3Service implements AutoCloseable {
    public static final String ACCESS_KEY = "bench-identity";
    public static final String SECRET_KEY = "bench-credential";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Process process;
    private final Path buckets;
    private final int port;

    private S3Service(Process process, Path buckets, int port) {
        this.process = process;
        this.buckets = buckets;
        this.port = port;
    }

    public static S3Service start(Path folder) throws IOException, InterruptedException {
        Path buckets = Files.createDirectories(folder.resolve("buckets"));
        int port = freePort();
        Path settings = folder.resolve("s3proxy.properties");
        Files.write(
                settings,
                List.of(
                        "s3proxy.endpoint=http://127.0.0.1:" + port,
                        "s3proxy.authorization=aws-v4",
                        "s3proxy.identity=" + ACCESS_KEY,
                        "s3proxy.credential=" + SECRET_KEY,
                        "jclouds.provider=filesystem-nio2",
                        "jclouds.filesystem.basedir=" + buckets));
        Path log = folder.resolve("s3proxy.log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-DLOG_LEVEL=warn",
                        "-jar",
                        jar().toString(),
                        "--properties",
                        settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        S3Service service = new S3Service(process, buckets, port);
        try {
            service.awaitAnswer(log);
        } catch (IOException | InterruptedException e) {
            service.close();
            throw e;
        }
        return service;
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** The files behind a bucket, which is made if it does not exist. */
    public Path bucket(String name) throws IOException {
        return Files.createDirectories(buckets.resolve(name));
    }

    private void awaitAnswer(Path log) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        while (true) {
            try (Socket socket = new Socket("127.0.0.1", port)) {
                return;
            } catch (IOException notYet) {
                if (process.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS)
                        || System.nanoTime() - begun > PATIENCE.toNanos())
                    throw new IOException("S3Proxy did not start:\n" + Files.readString(log), notYet);
            }
        }
    }

    private static Path jar() throws IOException {
        Path jar = ServerProcess.home().resolve("lake/core/target/s3proxy/s3proxy-jar-with-dependencies.jar");
        if (!Files.exists(jar))
            throw new IOException("There is no S3Proxy. Build the whole project once: its build fetches it.");
        return jar;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
