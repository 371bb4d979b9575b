package io.sluice.lake.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.lake.place.StoreConfig;
import io.sluice.lake.place.StorePlace;
import io.sluice.lake.place.Stores;
import io.sluice.lake.store.S3ProxyProcess;
import io.sluice.lake.store.StoreTraffic;
import io.sluice.model.place.Region;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class S3TableTest {
    @TempDir
    Path folder;

    @Test
    void aTableLivesInABucketLikeInAFolder() throws IOException {
        try (S3ProxyProcess service = S3ProxyProcess.start(folder);
                Stores stores = Stores.open(List.of(StoreConfig.s3(
                        "cloud", new Region("aws", "us-east-1"), URI.create("s3://lake"), service.connection())))) {
            service.bucket("lake");
            StorePlace place = stores.place(URI.create("s3://lake/tables/demo%20table"));
            TableAuthor author = DemoTable.withVectors(place.store());
            author.append(DemoTable.rows(100, 120));
            author.deleteWhere(row -> DemoTable.n(row) % 2 == 0);
            DeltaLogWriter.at(place.store()).writeCheckpoint(3);

            assertThat(TableReader.latest(place.store()).contentHash().rows()).isEqualTo(60);
            assertThat(DeltaLogWriter.at(place.store()).commit(3, List.of())).isInstanceOf(CommitOutcome.Exists.class);
            StoreTraffic before = traffic(stores);
            assertThat(DeltaLog.at(place.store()).latestVersion(3)).isEqualTo(3);
            assertThat(traffic(stores).minus(before).requests()).isEqualTo(1);
        }
    }

    private static StoreTraffic traffic(Stores stores) {
        return stores.traffic().getOrDefault("cloud", StoreTraffic.NONE);
    }
}
