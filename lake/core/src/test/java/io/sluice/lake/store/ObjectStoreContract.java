package io.sluice.lake.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.lake.store.ObjectStore.PutOutcome;
import io.sluice.model.failure.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every object store promises, decorators included. A new one extends this and says how it is opened. */
public abstract class ObjectStoreContract {
    /** An empty store, the same one during a test. */
    protected abstract ObjectStore store() throws IOException;

    /** What the store itself counts; empty for one that leaves it to others. */
    protected Optional<StoreTraffic> traffic() {
        return Optional.empty();
    }

    @Test
    void whatWasPutIsRead() throws IOException {
        put("a/b.txt", "hello");

        assertThat(read("a/b.txt", ByteRange.ALL)).isEqualTo("hello");
        assertThat(store().head("a/b.txt")).hasValueSatisfying(info -> {
            assertThat(info.key()).isEqualTo("a/b.txt");
            assertThat(info.length()).isEqualTo(5);
            assertThat(info.modified()).isNotNull();
        });
    }

    @Test
    void anEmptyObjectIsAnObject() throws IOException {
        put("empty", "");

        assertThat(read("empty", ByteRange.ALL)).isEmpty();
        assertThat(store().head("empty").orElseThrow().length()).isZero();
        assertThat(keys("", "")).containsExactly("empty");
    }

    @Test
    void overwritingReplacesTheWholeObject() throws IOException {
        put("k", "a long first text");
        put("k", "short");

        assertThat(read("k", ByteRange.ALL)).isEqualTo("short");
        assertThat(store().head("k").orElseThrow().length()).isEqualTo(5);
    }

    @Test
    void rangesGiveExactlyTheirBytes() throws IOException {
        put("k", "0123456789");

        assertThat(read("k", ByteRange.of(0, 3))).isEqualTo("012");
        assertThat(read("k", ByteRange.of(4, 1))).isEqualTo("4");
        assertThat(read("k", ByteRange.from(7))).isEqualTo("789");
        assertThat(read("k", ByteRange.of(0, 10))).isEqualTo("0123456789");
    }

    @Test
    void rangesEndWhereTheObjectEnds() throws IOException {
        put("k", "0123456789");

        assertThat(read("k", ByteRange.of(8, 100))).isEqualTo("89");
        assertThat(read("k", ByteRange.of(10, 1))).isEmpty();
        assertThat(read("k", ByteRange.from(1_000))).isEmpty();
        assertThat(read("k", ByteRange.of(3, 0))).isEmpty();
    }

    @Test
    void aMissingObjectIsToldApart() throws IOException {
        assertThat(store().head("none/there")).isEmpty();
        assertThatThrownBy(() -> read("none/there", ByteRange.ALL)).isInstanceOf(ObjectNotFoundException.class);
        assertThatThrownBy(() -> read("none/there", ByteRange.of(3, 4))).isInstanceOf(ObjectNotFoundException.class);
        put("folder/object", "x");
        assertThat(store().head("folder")).isEmpty();
        assertThatThrownBy(() -> read("folder", ByteRange.ALL)).isInstanceOf(ObjectNotFoundException.class);
    }

    @Test
    void aStreamMayBeClosedEarly() throws IOException {
        put("k", "x".repeat(200_000));

        try (InputStream in = store().read("k", ByteRange.ALL)) {
            assertThat(in.read()).isEqualTo('x');
        }
        assertThat(read("k", ByteRange.of(199_999, 5))).isEqualTo("x");
    }

    @Test
    void putIfAbsentKeepsTheFirst() throws IOException {
        assertThat(store().putIfAbsent("k", text("first"))).isEqualTo(PutOutcome.CREATED);
        assertThat(store().putIfAbsent("k", text("second"))).isEqualTo(PutOutcome.EXISTS);

        assertThat(read("k", ByteRange.ALL)).isEqualTo("first");
    }

    @Test
    void ofSixteenRacingWritersExactlyOneCreates() throws Exception {
        // Each of several keys is raced for by 16 threads; the winner's bytes are what is read afterwards.
        ObjectStore store = store();
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            for (int key = 0; key < 10; key++) raceFor("race/" + key, store, threads);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void deletingTwiceIsDeletingOnce() throws IOException {
        put("a/k", "x");
        store().delete("a/k");
        store().delete("a/k");
        store().delete("never/was");

        assertThat(store().head("a/k")).isEmpty();
        assertThat(keys("", "")).isEmpty();
    }

    @Test
    void aDeletedNameCanBeCreatedAgain() throws IOException {
        put("k", "old");
        store().delete("k");

        assertThat(store().putIfAbsent("k", text("new"))).isEqualTo(PutOutcome.CREATED);
        assertThat(read("k", ByteRange.ALL)).isEqualTo("new");
    }

    @Test
    void listsAreInTheOrderOfKeysAcrossFolders() throws IOException {
        // "a-b" sorts before "a/b" and that before "a0": the order of whole keys, not of folders.
        List<String> sorted = List.of("a-b", "a.json", "a/a", "a/b/c", "a/b0", "a0", "b");
        for (int i = sorted.size() - 1; i >= 0; i--) put(sorted.get(i), "x");

        assertThat(keys("", "")).isEqualTo(sorted);
    }

    @Test
    void listsKeepToPrefixAndAfter() throws IOException {
        for (String key : List.of("log/01.json", "log/02.json", "log/03.json", "log/sub/1", "logs", "other"))
            put(key, "x");

        assertThat(keys("log/", "")).containsExactly("log/01.json", "log/02.json", "log/03.json", "log/sub/1");
        assertThat(keys("log/", "log/02.json")).containsExactly("log/03.json", "log/sub/1");
        assertThat(keys("log/0", "log/02")).containsExactly("log/02.json", "log/03.json");
        assertThat(keys("log", "log/zzz")).containsExactly("logs");
        assertThat(keys("", "log/sub/1")).containsExactly("logs", "other");
        assertThat(keys("log/", "z")).isEmpty();
        assertThat(keys("nothing/", "")).isEmpty();
        assertThat(keys("", "log/sub/0")).containsExactly("log/sub/1", "logs", "other");
    }

    @Test
    void listsTellLengths() throws IOException {
        put("a", "12345");
        put("b", "");

        List<ObjectInfo> infos = new ArrayList<>();
        store().list("", "").forEachRemaining(infos::add);
        assertThat(infos).extracting(ObjectInfo::length).containsExactly(5L, 0L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "p=a%20b/part 1.parquet",
                "p=x%2Fy/f",
                "sp ace/a+b",
                "ключ/数据/é",
                "quote'\"/&?#",
                "tilde~/[x]{y}",
                "a=1/b=__HIVE_DEFAULT_PARTITION__/f",
                "emoji\uD83D\uDE00"
            })
    void oddKeysAreKeptAsTheyAre(String key) throws IOException {
        put(key, "odd");

        assertThat(read(key, ByteRange.ALL)).isEqualTo("odd");
        assertThat(store().head(key).orElseThrow().key()).isEqualTo(key);
        assertThat(keys("", "")).containsExactly(key);
        store().delete(key);
        assertThat(keys("", "")).isEmpty();
    }

    @Test
    protected void keysBeyondAsciiSortByTheirBytes() throws IOException {
        // In UTF-16 the emoji (a surrogate pair) would come before U+FF5E; in bytes it comes after.
        List<String> sorted = List.of("a", "z", "é", "数", "\uFF5E", "\uD83D\uDE00");
        for (String key : sorted) put(key, "x");

        assertThat(keys("", "")).isEqualTo(sorted);
        assertThat(keys("", "é")).containsExactly("数", "\uFF5E", "\uD83D\uDE00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a", "a/", "a//b", "..", "../a", "a/../../b", "./a", "a/./b", "a\0b"})
    void hostileKeysAreRefused(String key) {
        assertThatThrownBy(() -> store().head(key)).isInstanceOf(Failure.class);
        assertThatThrownBy(() -> store().read(key, ByteRange.ALL)).isInstanceOf(Failure.class);
        assertThatThrownBy(() -> store().put(key, text("x"))).isInstanceOf(Failure.class);
        assertThatThrownBy(() -> store().putIfAbsent(key, text("x"))).isInstanceOf(Failure.class);
        assertThatThrownBy(() -> store().delete(key)).isInstanceOf(Failure.class);
    }

    @Test
    void aCopyIsAnObjectOfItsOwn() throws IOException {
        put("from/é 1", "hello");
        put("to/b", "a longer text that goes");
        store().copy("from/é 1", "to/a");
        store().copy("from/é 1", "to/b");
        put("from/é 1", "changed");

        assertThat(read("to/a", ByteRange.ALL)).isEqualTo("hello");
        assertThat(read("to/b", ByteRange.ALL)).isEqualTo("hello");
        store().delete("from/é 1");
        assertThat(keys("", "")).containsExactly("to/a", "to/b");
    }

    @Test
    void aCopyOntoItselfChangesNothing() throws IOException {
        put("k", "hello");
        store().copy("k", "k");

        assertThat(read("k", ByteRange.ALL)).isEqualTo("hello");
    }

    @Test
    void nothingIsCopiedOfAMissingObject() throws IOException {
        assertThatThrownBy(() -> store().copy("none", "to")).isInstanceOf(ObjectNotFoundException.class);
        assertThatThrownBy(() -> store().copy("none", "none")).isInstanceOf(ObjectNotFoundException.class);
        assertThatThrownBy(() -> store().copy("../none", "to")).isInstanceOf(Failure.class);
        assertThatThrownBy(() -> store().copy("none", "../to")).isInstanceOf(Failure.class);
        assertThat(keys("", "")).isEmpty();
    }

    @Test
    void aStoreThatServicesCannotReachIsNotCopiedFrom(@TempDir Path elsewhere) throws IOException {
        LocalObjectStore other = LocalObjectStore.at(elsewhere);
        other.put("k", text("x"));

        assertThat(store().copyFrom(other, "k", "k")).isFalse();
        assertThat(keys("", "")).isEmpty();
    }

    @Test
    void everyRequestAndByteOnTheWireIsCounted() throws IOException {
        assumeTrue(traffic().isPresent(), "this store leaves counting to others");
        StoreTraffic before = traffic().orElseThrow();
        put("k", "12345");
        store().putIfAbsent("l", text("678"));
        read("k", ByteRange.of(0, 2));
        store().head("k");
        keys("", "");
        store().delete("k");

        assertThat(traffic().orElseThrow().minus(before)).isEqualTo(new StoreTraffic(1, 1, 1, 2, 1, 2, 8));
    }

    @Test
    void aLargeObjectKeepsEveryByte() throws IOException {
        byte[] bytes = new byte[9 * 1024 * 1024 + 17];
        new Random(7).nextBytes(bytes);
        store().put("large", Content.of(bytes));

        try (InputStream in = store().read("large", ByteRange.ALL)) {
            assertThat(Arrays.equals(in.readAllBytes(), bytes)).isTrue();
        }
        try (InputStream in = store().read("large", ByteRange.of(5_000_003, 70_001))) {
            assertThat(Arrays.equals(in.readAllBytes(), Arrays.copyOfRange(bytes, 5_000_003, 5_070_004)))
                    .isTrue();
        }
    }

    private void raceFor(String key, ObjectStore store, ExecutorService threads) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<PutOutcome>> racers = new ArrayList<>();
        for (int racer = 0; racer < 16; racer++) {
            String name = "racer " + racer;
            racers.add(threads.submit(() -> {
                start.await();
                return store.putIfAbsent(key, text(name));
            }));
        }
        start.countDown();
        List<String> winners = new ArrayList<>();
        for (int racer = 0; racer < 16; racer++)
            if (racers.get(racer).get() == PutOutcome.CREATED) winners.add("racer " + racer);
        assertThat(winners).hasSize(1);
        assertThat(read(key, ByteRange.ALL)).isEqualTo(winners.get(0));
    }

    protected final void put(String key, String text) throws IOException {
        store().put(key, text(text));
    }

    protected final String read(String key, ByteRange range) throws IOException {
        try (InputStream in = store().read(key, range)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    protected final List<String> keys(String prefix, String after) throws IOException {
        List<String> keys = new ArrayList<>();
        store().list(prefix, after).forEachRemaining(info -> keys.add(info.key()));
        return keys;
    }

    protected static Content text(String text) {
        return Content.of(text.getBytes(UTF_8));
    }
}
