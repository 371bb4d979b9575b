package io.sluice.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.catalog.store.StoreUrl;
import io.sluice.model.name.TableName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteKillTest extends KillContract {
    private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");

    @TempDir
    private Path folder;

    @Override
    String freshUrl() {
        return "sqlite:" + folder.resolve("metastore.db");
    }

    @Test
    void aDiskThatIsFullRefusesWritesUntilThereIsRoomAgain() throws Exception {
        assumeTrue(Files.isExecutable(PRLIMIT), "no prlimit on this machine to bound the size of files");
        String url = freshUrl();
        try (World world = World.open(StoreUrl.parse(url))) {
            world.catalog("retail");
            world.schema("retail", "sales");
        }
        List<String> acknowledged;
        try (StormProcess writer = StormProcess.start("starve", url, "t")) {
            limitFiles(writer, String.valueOf(Files.size(folder.resolve("metastore.db")) + 200_000));
            acknowledged = writer.readUntil("failed");
            assertThat(acknowledged.get(acknowledged.size() - 1)).isEqualTo("failed UNAVAILABLE");
            limitFiles(writer, "unlimited");
            writer.say("there is room again");
            acknowledged.addAll(writer.readUntil("table t_after"));
        }
        try (World world = World.open(StoreUrl.parse(url))) {
            for (String line : acknowledged)
                if (line.startsWith("table "))
                    assertThat(world.governance
                                    .tables()
                                    .get(World.ADMIN, TableName.of("retail", "sales", line.substring(6))))
                            .isNotNull();
        }
    }

    private static void limitFiles(StormProcess writer, String bytes) throws Exception {
        int code = new ProcessBuilder(
                        PRLIMIT.toString(), "--pid", String.valueOf(writer.pid()), "--fsize=" + bytes + ":unlimited")
                .inheritIO()
                .start()
                .waitFor();
        assertThat(code).isZero();
    }
}
