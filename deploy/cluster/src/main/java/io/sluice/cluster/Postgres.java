package io.sluice.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * The cluster's own PostgreSQL, on loopback and behind a password of its own. It runs apart from us, so that Ctrl-C in
 * the terminal does not reach it before the pods have said good-bye; a guardian stops it if we are killed.
 */
final class Postgres implements AutoCloseable {
    private static final String USER = "sluice";
    /** Two dozen pods with a full pool each. */
    private static final int CONNECTIONS = 400;
    /** Ends with our end of its input, then gives the pods time to leave. */
    private static final String GUARDIAN = """
            trap '' INT TERM HUP
            cat >/dev/null
            sleep 8
            if [ "$(head -n 1 "$2" 2>/dev/null)" = "$1" ]; then kill -INT "$1"; fi
            """;

    private final Path folder;
    private final Path data;
    private final int port;
    private final PostgresProgram program;
    private final Comeback comeback = new Comeback();
    private Optional<Process> guardian = Optional.empty();
    private boolean isClosed;

    private Postgres(Path folder, int port) {
        this.folder = folder;
        this.data = folder.resolve("data");
        this.port = port;
        this.program = PostgresProgram.in(folder);
    }

    /** Starts where an earlier one left off. Requires: no other supervisor works in the folder. */
    static Postgres start(Path folder, int port) {
        Postgres postgres = new Postgres(folder, port);
        if (!Files.exists(postgres.data)) postgres.makeData();
        postgres.stopLeftOver();
        postgres.start();
        return postgres;
    }

    Path passwordFile() {
        return folder.resolve("password");
    }

    String url() {
        return "postgresql://%s@127.0.0.1:%d/postgres".formatted(USER, port);
    }

    private void makeData() {
        ClusterFolder.secret(passwordFile());
        try {
            Path draft = Files.createTempDirectory(folder, ".data");
            Tool.run(List.of(
                    program.path("initdb"),
                    "--pgdata=" + draft,
                    "--username=" + USER,
                    "--pwfile=" + passwordFile(),
                    "--auth=scram-sha-256",
                    "--encoding=UTF-8",
                    "--locale=C"));
            Files.move(draft, data);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + data, e);
        }
    }

    private synchronized void start() {
        if (isClosed) return;
        long started = System.nanoTime();
        Tool.run(List.of(
                program.path("pg_ctl"),
                "--pgdata=" + data,
                "--log=" + folder.resolve("postgres.log"),
                "--options=-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=%d"
                        .formatted(port, CONNECTIONS),
                "--wait",
                "start"));
        ProcessHandle server = running()
                .orElseThrow(() ->
                        ClusterFailure.failed("PostgreSQL ended as soon as it had started; its log is in %s.", folder));
        guard(server.pid());
        server.onExit().thenAcceptAsync(gone -> comeBack(Duration.ofNanos(System.nanoTime() - started)));
    }

    /** It may be killed as any pod may; what it had promised is in its log. */
    private void comeBack(Duration life) {
        synchronized (this) {
            if (isClosed) return;
        }
        Duration pause = comeback.after(life);
        System.out.printf(
                "PostgreSQL ended and is started again in %d ms; its log is in %s%n", pause.toMillis(), folder);
        LockSupport.parkNanos(pause.toNanos());
        try {
            start();
        } catch (ClusterFailure e) {
            // As long as workers of the old server are about, a new one refuses to start.
            System.err.println("sluice: " + e.getMessage());
            comeBack(Duration.ZERO);
        }
    }

    private void guard(long pid) {
        guardian.ifPresent(Process::destroyForcibly);
        try {
            guardian = Optional.of(new ProcessBuilder(
                            "/bin/sh",
                            "-c",
                            GUARDIAN,
                            "guardian",
                            Long.toString(pid),
                            pidFile().toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException("no guardian can be started", e);
        }
    }

    /** One whose supervisor was killed. What it left behind after a power cut stands in nobody's way. */
    private void stopLeftOver() {
        if (running().isPresent()) stop();
        else ClusterFolder.delete(pidFile());
    }

    /** The number in the file may belong to somebody else by now. */
    private Optional<ProcessHandle> running() {
        return pid().flatMap(ProcessHandle::of)
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains(data.toString()))
                        .isPresent());
    }

    private void stop() {
        Tool.run(List.of(program.path("pg_ctl"), "--pgdata=" + data, "--mode=fast", "--wait", "stop"));
    }

    private Path pidFile() {
        return data.resolve("postmaster.pid");
    }

    private Optional<Long> pid() {
        try {
            if (!Files.exists(pidFile())) return Optional.empty();
            return Files.readAllLines(pidFile()).stream().findFirst().map(line -> Long.parseLong(line.trim()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + pidFile(), e);
        }
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        if (running().isPresent()) stop();
        guardian.ifPresent(Process::destroyForcibly);
    }
}
