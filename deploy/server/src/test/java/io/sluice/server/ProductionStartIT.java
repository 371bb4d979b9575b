package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as an operator starts it: from a file, with the token and the stores of their own. */
class ProductionStartIT {
    @TempDir
    private Path folder;

    @Test
    void aConfiguredServerServesItsOwnStoresToItsOwnAdmin() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "a-token-that-the-operator-made-by-hand");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        Path data = folder.resolve("data");
        Path config = Files.writeString(folder.resolve("sluice.properties"), """
                sluice.data=%s
                sluice.store=sqlite:%s
                sluice.public-url=https://sluice.example.org
                sluice.http.port=%d
                sluice.management.port=%d
                sluice.admin.token-file=%s
                sluice.keys.service=local
                sluice.stores.lake.root=%s
                sluice.stores.lake.cloud=onprem
                sluice.stores.lake.region=hall-1
                """.formatted(
                        data,
                        folder.resolve("metastore.db"),
                        PackagedServer.freePort(),
                        PackagedServer.freePort(),
                        token,
                        folder.resolve("lake").toUri()));

        try (PackagedServer server =
                PackagedServer.configured(config, data, Files.readString(token).trim())) {
            assertThat(server.get("/api/2.1/unity-catalog/catalogs").body()).contains("\"catalogs\":[]");
            assertThat(server.get("/api/1.0/sluice/stores").body()).contains("onprem:hall-1");
            assertThat(server.post(
                                    "/api/2.1/unity-catalog/recipients",
                                    "{\"name\":\"them\",\"authentication_type\":\"TOKEN\"}")
                            .body())
                    .contains("https://sluice.example.org/");
            assertThat(server.as("wrong").get("/api/2.1/unity-catalog/catalogs").status())
                    .isEqualTo(401);
        }
    }

    @Test
    void aHalfConfiguredServerDoesNotStart() throws Exception {
        Path config = Files.writeString(folder.resolve("sluice.properties"), "sluice.data=" + folder + "\n");
        try (PackagedServer server = PackagedServer.configuredWithoutWaiting(config, folder)) {
            assertThat(server.awaitExit()).isEqualTo(2);
            assertThat(server.output()).contains("sluice.store is missing", "sluice.public-url is missing");
        }
    }
}
