package io.sluice.lake.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.crypto.seal.CorruptObjectException;
import io.sluice.crypto.seal.KeyRevokedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SealedStoreTest extends ObjectStoreContract {
    @TempDir
    Path folder;

    private final TestSealer sealer = new TestSealer();
    private MeteredStore wire;
    private SealedStore store;

    @BeforeEach
    void open() throws IOException {
        wire = new MeteredStore(LocalObjectStore.at(folder));
        store = new SealedStore(wire, sealer, "table-1");
    }

    @Override
    protected ObjectStore store() {
        return store;
    }

    @Test
    void diskHoldsNoPlainByte() throws IOException {
        put("k", "a canary sings");

        assertThat(Files.readString(folder.resolve("k"), java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("canary");
        assertThat(Files.size(folder.resolve("k"))).isEqualTo(sealer.sealedLength(14));
    }

    @Test
    void anObjectUnderAnotherNameOrSubjectDoesNotOpen() throws IOException {
        put("k", "x");
        Files.copy(folder.resolve("k"), folder.resolve("renamed"));

        assertThatThrownBy(() -> read("renamed", ByteRange.ALL)).isInstanceOf(CorruptObjectException.class);
        SealedStore other = new SealedStore(wire, sealer, "table-2");
        assertThatThrownBy(() -> other.read("k", ByteRange.ALL)).isInstanceOf(CorruptObjectException.class);
    }

    @Test
    void aRevokedKeyStopsReadsWritesAndOpenStreams() throws IOException {
        put("k", "x".repeat(400_000));
        put("empty", "");
        try (InputStream in = store.read("k", ByteRange.ALL)) {
            assertThat(in.read()).isEqualTo('x');
            sealer.revoke();
            assertThatThrownBy(in::read).isInstanceOf(KeyRevokedException.class);
        }
        assertThatThrownBy(() -> read("k", ByteRange.ALL)).isInstanceOf(KeyRevokedException.class);
        assertThatThrownBy(() -> read("empty", ByteRange.ALL)).isInstanceOf(KeyRevokedException.class);
        assertThatThrownBy(() -> put("new", "x")).isInstanceOf(KeyRevokedException.class);

        sealer.restore();
        assertThat(read("k", ByteRange.of(0, 1))).isEqualTo("x");
        assertThat(wire.head("new")).isEmpty();
    }

    @Test
    void aRangeOfALargeObjectDoesNotFetchTheRest() throws IOException {
        store.put("k", Content.of(new byte[5_000_000]));
        StoreTraffic before = wire.traffic();
        read("k", ByteRange.of(2_000_000, 1000));

        StoreTraffic spent = wire.traffic().minus(before);
        assertThat(spent.readBytes()).isLessThan(200_000);
        assertThat(spent.requests()).isLessThanOrEqualTo(3);
    }

    @Test
    void theMeterOutsideOfTheSealSeesPlainBytesAndTheOneInsideTheWires() throws IOException {
        MeteredStore plain = new MeteredStore(store);
        plain.put("k", text("0123456789"));

        assertThat(plain.traffic().writtenBytes()).isEqualTo(10);
        assertThat(wire.traffic().writtenBytes()).isEqualTo(sealer.sealedLength(10));
    }
}
