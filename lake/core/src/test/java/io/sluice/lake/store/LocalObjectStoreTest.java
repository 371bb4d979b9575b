package io.sluice.lake.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.model.failure.Failure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalObjectStoreTest extends ObjectStoreContract {
    @TempDir
    Path folder;

    private LocalObjectStore store;

    @BeforeEach
    void open() throws IOException {
        store = LocalObjectStore.at(folder.resolve("root"));
    }

    @Override
    protected ObjectStore store() {
        return store;
    }

    @Test
    void aWriterThatDiesLeavesNoObject() throws IOException {
        // The content breaks off in the middle, as a kill would: neither form of put may leave anything to be seen.
        Content broken = new Content() {
            @Override
            public long length() {
                return 10;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(new byte[4]);
            }
        };
        assertThatThrownBy(() -> store.put("a/k", broken)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> store.putIfAbsent("a/k", broken)).isInstanceOf(IOException.class);

        assertThat(store.head("a/k")).isEmpty();
        assertThat(keys("", "")).isEmpty();
    }

    @Test
    void leftoversOfAKilledWriterAreNeitherListedNorReadAndGoAfterADay() throws IOException {
        Path work = Files.createDirectories(folder.resolve("root/" + ObjectKeys.WORK_FOLDER));
        Path young = Files.writeString(work.resolve("young"), "half");
        Path old = Files.writeString(work.resolve("old"), "half");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        put("k", "x");

        assertThat(keys("", "")).containsExactly("k");
        assertThatThrownBy(() -> store.head(ObjectKeys.WORK_FOLDER + "/young")).isInstanceOf(Failure.class);
        LocalObjectStore.at(folder.resolve("root"));
        assertThat(young).exists();
        assertThat(old).doesNotExist();
    }

    @Test
    void symbolicLinksLeadNowhere() throws IOException {
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "secret");
        Files.createSymbolicLink(folder.resolve("root/door"), outside);
        Files.createSymbolicLink(folder.resolve("root/file"), outside.resolve("secret"));

        assertThatThrownBy(() -> read("door/secret", ByteRange.ALL)).isInstanceOf(StoreDeniedException.class);
        assertThatThrownBy(() -> read("file", ByteRange.ALL)).isInstanceOf(StoreDeniedException.class);
        assertThatThrownBy(() -> put("door/new", "x")).isInstanceOf(StoreDeniedException.class);
        assertThat(keys("", "")).isEmpty();
        assertThat(outside.resolve("new")).doesNotExist();
    }

    @Test
    void anObjectCannotBeAFolderToo() throws IOException {
        put("a", "x");

        assertThatThrownBy(() -> put("a/b", "x"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("one of its folders is an object");
        assertThatThrownBy(() -> store.putIfAbsent("a/b", text("x"))).isInstanceOf(IOException.class);
        assertThat(store.head("a/b")).isEmpty();
    }

    @Test
    void theRootIsAFileUri() {
        assertThat(store.root().toString()).startsWith("file:///").endsWith("/root");
    }
}
