package io.sluice.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.crypto.hierarchy.KeyHierarchy;
import io.sluice.crypto.hierarchy.MemoryKeyStore;
import io.sluice.crypto.kms.LocalKms;
import io.sluice.crypto.seal.KeyRevokedException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two pods over one store of keys; what the second knows of the first is its tenure. */
class CurrentKeysTest {
    private static final String SCOPE = "catalog:finance";

    @TempDir
    Path folder;

    private KeyHierarchy writing;
    private OptionalLong tenure = OptionalLong.of(3);
    private CurrentKeys reading;

    @BeforeEach
    void aKeyThatBothKnow() {
        LocalKms kms = new LocalKms(folder);
        MemoryKeyStore store = new MemoryKeyStore();
        writing = pod(store, kms);
        writing.register(SCOPE, kms.create("finance"));
        reading = new CurrentKeys(pod(store, kms), () -> tenure);
        assertThat(reading.readableEpoch(SCOPE)).isEqualTo(1);
    }

    private static KeyHierarchy pod(MemoryKeyStore store, LocalKms kms) {
        return new KeyHierarchy(store, kms, Clock.systemUTC(), System::nanoTime, KeyHierarchy.Settings.DEFAULT);
    }

    @Test
    void aNewTenureBringsWhatWasWithdrawnBeforeIt() {
        writing.revoke(SCOPE, 1, "a test");
        tenure = OptionalLong.of(4);

        assertThatThrownBy(() -> reading.readableEpoch(SCOPE)).isInstanceOf(KeyRevokedException.class);
    }

    @Test
    void withoutATenureTheStoreIsAskedEachTime() {
        tenure = OptionalLong.empty();
        assertThat(reading.readableEpoch(SCOPE)).isEqualTo(1);
        writing.revoke(SCOPE, 1, "a test");
        assertThatThrownBy(() -> reading.readableEpoch(SCOPE)).isInstanceOf(KeyRevokedException.class);
        writing.restore(SCOPE);
        assertThat(reading.readableEpoch(SCOPE)).isEqualTo(3);
    }
}
