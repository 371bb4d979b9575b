package io.sluice.replica.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.lake.delta.DemoTable;
import io.sluice.lake.delta.TableAuthor;
import io.sluice.lake.delta.TableReader;
import io.sluice.lake.store.LocalObjectStore;
import io.sluice.lake.store.S3ObjectStore;
import io.sluice.lake.store.S3ProxyProcess;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a folder to an S3 service, and back out of one. */
class CrossesToS3Test {
    @TempDir
    static Path folder;

    private static S3ProxyProcess s3;

    @BeforeAll
    static void start() throws IOException {
        s3 = S3ProxyProcess.start(folder);
    }

    @AfterAll
    static void stop() {
        s3.close();
    }

    @Test
    void aReplicaInS3HoldsTheSameRowsAndEveryByteIsOnAReceipt() throws IOException {
        try (S3ObjectStore bucket = s3.store("replica")) {
            follow(new World(LocalObjectStore.at(folder.resolve("here")), bucket));
        }
    }

    @Test
    void aSourceInS3IsFollowedIntoAFolder() throws IOException {
        try (S3ObjectStore bucket = s3.store("origin")) {
            follow(new World(bucket, LocalObjectStore.at(folder.resolve("there"))));
        }
    }

    private static void follow(World world) throws IOException {
        TableAuthor author = DemoTable.withVectors(world.sourceTable);
        world.sync();
        author.append(DemoTable.rows(100, 150));
        author.deleteWhere(row -> (long) row.get("n") % 4 == 1);
        world.sync();

        assertThat(TableReader.latest(world.targetTable).contentHash())
                .isEqualTo(TableReader.latest(world.sourceTable).contentHash());
        assertThat(world.ledger).hasSize(2);
        assertThat(world.ledgerWire()).isEqualTo(world.source.traffic().readBytes());
    }
}
