package io.sluice.lake.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * An S3 service on this machine, in a process of its own, with its objects as files below a folder. Checks signatures
 * and honours conditional puts. Made for tests; ends when it is closed or this process ends.
 */
public final class S3ProxyProcess implements AutoCloseable {
    public static final String REGION = "us-east-1";

    private static final String JAR = "target/s3proxy/s3proxy-jar-with-dependencies.jar";
    private static final S3Connection.Credentials CREDENTIALS =
            new S3Connection.Credentials("local-identity", "local-credential");
    private static final int STARTS = 3;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(90);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Process process;
    private final Thread end;
    private final Path data;
    private final int port;

    private S3ProxyProcess(Process process, Path data, int port) {
        this.process = process;
        this.data = data;
        this.port = port;
        this.end = new Thread(process::destroyForcibly, "end of s3proxy");
        Runtime.getRuntime().addShutdownHook(end);
    }

    /** Starts a service that keeps its buckets below {@code folder}, and waits until it answers. */
    public static S3ProxyProcess start(Path folder) throws IOException {
        Path data = Files.createDirectories(folder.resolve("buckets"));
        for (int start = 1; ; start++) {
            S3ProxyProcess service = launch(folder, data);
            if (service.becomesReady()) return service;
            service.close();
            // The free port was taken by somebody else meanwhile, or worse; the log tells.
            if (start == STARTS)
                throw new IOException("S3Proxy did not start:\n" + Files.readString(folder.resolve("s3proxy.log")));
        }
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public S3Connection connection() {
        return S3Connection.at(endpoint(), REGION, CREDENTIALS);
    }

    /** The files behind a bucket, which is made if it does not exist. */
    public Path bucket(String name) {
        try {
            return Files.createDirectories(data.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A store over a bucket of its own. */
    public S3ObjectStore store(String bucket) {
        bucket(bucket);
        return S3ObjectStore.open(connection(), bucket, "");
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

    private static S3ProxyProcess launch(Path folder, Path data) throws IOException {
        int port = freePort();
        Path properties = folder.resolve("s3proxy.properties");
        Files.write(properties, settings(data, port));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-Dfile.encoding=UTF-8",
                "-Dsun.jnu.encoding=UTF-8",
                "-DLOG_LEVEL=warn",
                "-jar",
                jar().toString(),
                "--properties",
                properties.toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("s3proxy.log").toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("AWS_") || name.startsWith("S3PROXY_") || name.equals("LOG_LEVEL"));
        return new S3ProxyProcess(builder.start(), data, port);
    }

    private static List<String> settings(Path data, int port) {
        return List.of(
                "s3proxy.endpoint=http://127.0.0.1:" + port,
                "s3proxy.authorization=aws-v4",
                "s3proxy.identity=" + CREDENTIALS.accessKey(),
                "s3proxy.credential=" + CREDENTIALS.secretKey(),
                "jclouds.provider=filesystem-nio2",
                "jclouds.filesystem.basedir=" + data);
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

    /** Where the build has put the jar: in this module, or in the lake's as seen from another. */
    private static Path jar() throws IOException {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            for (Path candidate :
                    List.of(folder.resolve(JAR), folder.resolve("lake/core").resolve(JAR)))
                if (Files.isRegularFile(candidate)) return candidate;
        }
        throw new IOException("No " + JAR + " here or above. Build lake/core first, at least up to "
                + "generate-test-resources: its build fetches the jar.");
    }
}
