package io.sluice.lake.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.model.failure.Failure;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PrefixedStoreTest extends ObjectStoreContract {
    @TempDir
    Path folder;

    private LocalObjectStore whole;
    private ObjectStore store;

    @BeforeEach
    void open() throws IOException {
        whole = LocalObjectStore.at(folder);
        store = PrefixedStore.below(whole, "tables/a b");
        whole.put("tables/a", text("before the folder"));
        whole.put("tables/a c/k", text("behind the folder"));
    }

    @Override
    protected ObjectStore store() {
        return store;
    }

    @Test
    void keysAreThoseOfTheFolder() throws IOException {
        put("k", "x");

        assertThat(whole.head("tables/a b/k")).isPresent();
        assertThat(store.root().toString()).isEqualTo(whole.root() + "/tables/a%20b");
    }

    @Test
    void aFolderIsAKey() {
        assertThatThrownBy(() -> PrefixedStore.below(whole, "../x")).isInstanceOf(Failure.class);
        assertThatThrownBy(() -> PrefixedStore.below(whole, "/x")).isInstanceOf(Failure.class);
        assertThat(PrefixedStore.below(whole, "")).isSameAs(whole);
    }
}
