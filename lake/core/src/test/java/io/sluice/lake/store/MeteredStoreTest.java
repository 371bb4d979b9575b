package io.sluice.lake.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MeteredStoreTest extends ObjectStoreContract {
    @TempDir
    Path folder;

    private MeteredStore store;

    @BeforeEach
    void open() throws IOException {
        store = new MeteredStore(LocalObjectStore.at(folder));
    }

    @Override
    protected ObjectStore store() {
        return store;
    }

    @Override
    protected Optional<StoreTraffic> traffic() {
        return Optional.of(store.traffic());
    }

    @Test
    void requestsAreCountedByKindAndBytesByDirection() throws IOException {
        put("k", "12345");
        store.putIfAbsent("k", text("678"));
        read("k", ByteRange.of(0, 2));
        store.head("k");
        keys("", "");
        store.delete("k");

        assertThat(store.traffic()).isEqualTo(new StoreTraffic(1, 1, 1, 2, 1, 2, 5));
        assertThat(store.traffic().requests()).isEqualTo(6);
    }

    @Test
    void aReadBrokenOffCountsWhatWasRead() throws IOException {
        put("k", "0123456789");
        try (InputStream in = store.read("k", ByteRange.ALL)) {
            in.readNBytes(4);
        }
        assertThat(store.traffic().readBytes()).isEqualTo(4);
    }

    @Test
    void whatHappenedInBetweenIsADifference() throws IOException {
        put("k", "12345");
        StoreTraffic before = store.traffic();
        read("k", ByteRange.ALL);

        StoreTraffic spent = store.traffic().minus(before);
        assertThat(spent).isEqualTo(new StoreTraffic(0, 0, 1, 0, 0, 5, 0));
        assertThat(before.plus(spent)).isEqualTo(store.traffic());
    }
}
