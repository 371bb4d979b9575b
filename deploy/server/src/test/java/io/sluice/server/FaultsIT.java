package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must not go wrong when the world does. */
class FaultsIT {
    private static final String SCHEMAS = "/api/2.1/unity-catalog/schemas";

    @TempDir
    private Path folder;

    @Test
    void aPortInUseIsToldInOneSentenceAndAnExitCode() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            PackagedServer server = PackagedServer.launch(folder, List.of(), "--port", port);
            assertThat(server.awaitExit()).isEqualTo(1);
            assertThat(server.output().trim().lines())
                    .singleElement()
                    .asString()
                    .contains("port " + port, "in use");
        }
    }

    @Test
    void aDataFolderThatCannotBeWrittenIsToldInOneSentenceAndAnExitCode() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        PackagedServer server = PackagedServer.launch(file.resolve("data"), List.of(), "--port", "0");
        assertThat(server.awaitExit()).isEqualTo(1);
        assertThat(server.output().trim().lines()).singleElement().asString().contains("data folder");
    }

    @Test
    void anUnknownOptionIsAUsageError() throws Exception {
        PackagedServer server = PackagedServer.launch(folder, List.of(), "--prot", "0");
        assertThat(server.awaitExit()).isEqualTo(2);
        assertThat(server.output()).contains("--prot");
    }

    @Test
    void aKillDuringAStormOfWritesLosesNothingThatWasAcknowledged() throws Exception {
        // Writers create schemas until the process is killed; afterwards each acknowledged one is there and usable.
        AtomicInteger acknowledged = new AtomicInteger();
        try (PackagedServer server = PackagedServer.dev(folder, "--port", "0", "--empty")) {
            server.post("/api/2.1/unity-catalog/catalogs", "{\"name\":\"storm\"}");
            Thread writer = new Thread(() -> writeUntilItBreaks(server, acknowledged));
            writer.start();
            while (acknowledged.get() < 30) Thread.onSpinWait();
            server.kill();
            writer.join();
        }

        Files.delete(folder.resolve("ready"));
        try (PackagedServer server = PackagedServer.dev(folder, "--port", "0", "--empty")) {
            for (int i = 0; i < acknowledged.get(); i++)
                assertThat(server.get(SCHEMAS + "/storm.s" + i).status()).isEqualTo(200);
            assertThat(server.post(SCHEMAS, schema("after")).status()).isEqualTo(200);
        }
    }

    private static void writeUntilItBreaks(PackagedServer server, AtomicInteger acknowledged) {
        try {
            while (server.post(SCHEMAS, schema("s" + acknowledged.get())).status() == 200)
                acknowledged.incrementAndGet();
        } catch (Exception e) {
            // The process is gone; what it acknowledged before counts.
        }
    }

    private static String schema(String name) {
        return "{\"name\":\"%s\",\"catalog_name\":\"storm\"}".formatted(name);
    }

    @Test
    void aMasterKeyDisabledAtItsServiceCutsReadersUntilItIsEnabledAndRestored(@TempDir Path data) throws Exception {
        try (PackagedServer server = PackagedServer.dev(data, "--port", "0")) {
            Path masterKey = data.resolve("kms/finance.cmk");
            String enabled = Files.readString(masterKey);
            String read = "/api/1.0/sluice/shares/demo_sealed/preview?table=ledger.payments";
            assertThat(server.get(read).status()).isEqualTo(200);

            Files.writeString(masterKey, enabled.replace("ENABLED", "DISABLED"));
            assertThat(awaitStatus(server, read, 403)).isTrue();
            assertThat(server.post("/api/1.0/sluice/keys/catalog:finance/restore", "{}")
                            .status())
                    .isNotEqualTo(200);

            Files.writeString(masterKey, enabled);
            assertThat(server.get(read).status()).isEqualTo(403);
            assertThat(server.post("/api/1.0/sluice/keys/catalog:finance/restore", "{}")
                            .status())
                    .isEqualTo(200);
            assertThat(server.get(read).status()).isEqualTo(200);
        }
    }

    private static boolean awaitStatus(PackagedServer server, String path, int status) throws Exception {
        for (int attempt = 0; attempt < 600; attempt++) {
            if (server.get(path).status() == status) return true;
            java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
        }
        return false;
    }

    @Test
    void aKillDuringASyncIsContinuedByTheNextOne() throws Exception {
        try (PackagedServer server = PackagedServer.dev(folder, "--port", "0")) {
            for (int day = 0; day < 5; day++) server.post("/api/1.0/sluice/demo/business-day", "{}");
            Thread sync = new Thread(() -> syncIgnoringTheEnd(server));
            sync.start();
            // Data of the increment is on its way as soon as the target has more files than the two syncs left.
            server.kill();
            sync.join();
        }

        Files.delete(folder.resolve("ready"));
        try (PackagedServer server = PackagedServer.dev(folder, "--port", "0")) {
            assertThat(server.post("/api/1.0/sluice/replicas/orders_azure/sync", "{}")
                            .status())
                    .isEqualTo(200);
            var status = server.get("/api/1.0/sluice/replicas/orders_azure").json();
            assertThat(status.path("lag_versions").asLong()).isZero();
            var bill = server.get("/api/1.0/sluice/billing/statements?producer=retail")
                    .json();
            assertThat(bill.at("/statements/0/bytes").asLong())
                    .isEqualTo(status.path("total_logical_bytes").asLong());
        }
    }

    private static void syncIgnoringTheEnd(PackagedServer server) {
        try {
            server.post("/api/1.0/sluice/replicas/orders_azure/sync", "{}");
        } catch (Exception e) {
            // killed under way
        }
    }
}
