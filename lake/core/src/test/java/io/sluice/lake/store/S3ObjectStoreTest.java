package io.sluice.lake.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.crypto.seal.KeyRevokedException;
import io.sluice.lake.store.ObjectStore.PutOutcome;
import io.sluice.model.failure.Failure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class S3ObjectStoreTest extends ObjectStoreContract {
    private static final int PART_BYTES = 5 << 20;

    @TempDir
    static Path folder;

    private static S3ProxyProcess service;

    private final String bucket = "bucket-" + UUID.randomUUID();
    private final TrafficMeter meter = new TrafficMeter();
    private S3ObjectStore store;

    @BeforeAll
    static void startService() throws IOException {
        service = S3ProxyProcess.start(folder);
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @BeforeEach
    void open() {
        service.bucket(bucket);
        // Below a prefix, so that every test of the contract also shows that nothing leaks across it.
        store = S3ObjectStore.open(service.connection(), bucket, "some/prefix", meter);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    protected ObjectStore store() {
        return store;
    }

    @Override
    protected Optional<StoreTraffic> traffic() {
        return Optional.of(meter.traffic());
    }

    /** S3 sorts by UTF-8 bytes; the service used here sorts by UTF-16, so it is asked below the surrogates only. */
    @Override
    @Test
    protected void keysBeyondAsciiSortByTheirBytes() throws IOException {
        List<String> sorted = List.of("a", "z", "é", "数", "\uFF5E");
        for (String key : sorted) put(key, "x");

        assertThat(keys("", "")).isEqualTo(sorted);
    }

    @Test
    void aSealedStoreWritesThroughInOnePass() throws IOException {
        // Each opening of sealed content has other bytes, so a client that reads it twice would sign what it
        // does not send.
        MeteredStore wire = new MeteredStore(store);
        TestSealer sealer = new TestSealer();
        SealedStore sealed = new SealedStore(wire, sealer, "table");
        sealed.putIfAbsent("k", Content.of("0123456789".repeat(100_000).getBytes(UTF_8)));

        assertThat(wire.traffic().writtenBytes()).isEqualTo(sealer.sealedLength(1_000_000));
        try (InputStream in = sealed.read("k", ByteRange.of(700_005, 7))) {
            assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo("5678901");
        }
        sealer.revoke();
        assertThatThrownBy(() -> sealed.put("new", text("x"))).isInstanceOf(KeyRevokedException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain.parquet",
                "a b/é%20.txt",
                "day=2026-01-01 10%3A00/数+&?#.txt",
                "~-._*'()!@$,;:[]{}^`",
                "\uFF5E/\uD83D\uDE00"
            })
    void aPresignedUrlReadsTheObjectAndItsRanges(String key) throws Exception {
        put(key, "0123456789");
        URI url = store.presign(key, Duration.ofMinutes(5)).orElseThrow();

        assertThat(get(url).body()).isEqualTo("0123456789");
        HttpResponse<String> range = get(url, "Range", "bytes=2-4");
        assertThat(range.statusCode()).isEqualTo(206);
        assertThat(range.body()).isEqualTo("234");
    }

    @Test
    void aTamperedUrlReadsNothing() throws Exception {
        // Another object, a longer life, another time, another signature: each is refused by the service.
        put("k", "x");
        put("other", "x");
        String url = store.presign("k", Duration.ofMinutes(5)).orElseThrow().toString();
        assertThat(get(URI.create(url)).statusCode()).isEqualTo(200);

        assertThat(statusOf(url.replace("/k?", "/other?"))).isEqualTo(403);
        assertThat(statusOf(url.replace("X-Amz-Expires=375", "X-Amz-Expires=3750")))
                .isEqualTo(403);
        assertThat(statusOf(url.replaceFirst("T\\d{6}Z", "T000000Z"))).isEqualTo(403);
        char last = url.charAt(url.length() - 1);
        assertThat(statusOf(url.substring(0, url.length() - 1) + (last == '0' ? '1' : '0')))
                .isEqualTo(403);
        assertThat(statusOf(url.substring(0, url.indexOf('?')))).isEqualTo(403);
    }

    @Test
    void anExpiredUrlReadsNothing() throws Exception {
        put("k", "x");
        UrlSigner past = store.signer(Instant.now().minusSeconds(3600), Duration.ofMinutes(5))
                .orElseThrow();

        assertThat(statusOf(past.url("k"))).isEqualTo(403);
    }

    @Test
    void wrappedStoresSignForTheirOwnKeys() throws Exception {
        put("tables/a b/k", "0123456789");
        MeteredStore metered = new MeteredStore(store);
        ObjectStore table = PrefixedStore.below(metered, "tables/a b");
        URI url = table.presign("k", Duration.ofMinutes(5)).orElseThrow();

        assertThat(get(url).body()).isEqualTo("0123456789");
        assertThat(metered.traffic()).isEqualTo(StoreTraffic.NONE);
        assertThat(new SealedStore(table, new TestSealer(), "table").signer(Instant.now(), Duration.ofMinutes(5)))
                .isEmpty();
    }

    @Test
    void presignedUrlsNameThePublicEndpoint() throws IOException {
        S3Connection connection = service.connection().withPublicEndpoint(URI.create("https://files.example.org"));
        try (S3ObjectStore published = S3ObjectStore.open(connection, bucket, "")) {
            URI url = published.presign("k", Duration.ofMinutes(1)).orElseThrow();

            assertThat(url.getHost()).isEqualTo("files.example.org");
            assertThat(url.getPath()).isEqualTo("/" + bucket + "/k");
        }
    }

    @Test
    void anOverlongUrlLifeIsRefused() {
        assertThatThrownBy(() -> store.presign("k", Duration.ofDays(8))).isInstanceOf(Failure.class);
    }

    @Test
    void largeObjectsGoInPartsAndAreCopiedInParts() throws IOException {
        // Two whole parts of the least size that S3 takes, and a rest: create, three parts, complete.
        byte[] bytes = new byte[2 * PART_BYTES + 17];
        new Random(3).nextBytes(bytes);
        try (S3ObjectStore parted = parted()) {
            parted.put("large", Content.of(bytes));
            assertThat(meter.traffic()).isEqualTo(new StoreTraffic(0, 0, 0, 5, 0, 0, bytes.length));
            parted.copy("large", "copy");

            assertThat(meter.traffic()).isEqualTo(new StoreTraffic(0, 1, 0, 10, 0, 0, bytes.length));
            assertThat(parted.putIfAbsent("copy", Content.of(bytes))).isEqualTo(PutOutcome.EXISTS);
            assertThat(parted.putIfAbsent("new", Content.of(bytes))).isEqualTo(PutOutcome.CREATED);
            for (String key : List.of("large", "copy", "new"))
                try (InputStream in = parted.read(key, ByteRange.ALL)) {
                    assertThat(Arrays.equals(in.readAllBytes(), bytes)).isTrue();
                }
        }
    }

    @Test
    void anUploadThatBreaksOffIsAborted() throws IOException {
        Content broken = new Content() {
            @Override
            public long length() {
                return 2 * PART_BYTES;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(new byte[PART_BYTES + 5]);
            }
        };
        try (S3ObjectStore parted = parted()) {
            assertThatThrownBy(() -> parted.put("k", broken))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("promised");
            assertThat(meter.traffic().deletes()).isOne();
            assertThat(parted.head("k")).isEmpty();
        }
    }

    @Test
    void anotherBucketOfTheServiceIsCopiedFromWithoutAByteOfOurs() throws IOException {
        put("a b/é", "hello");
        TrafficMeter wire = new TrafficMeter();
        String otherBucket = "bucket-" + UUID.randomUUID();
        service.bucket(otherBucket);
        try (S3ObjectStore other = S3ObjectStore.open(service.connection(), otherBucket, "deep/er", wire)) {
            ObjectStore folder = PrefixedStore.below(new MeteredStore(store), "a b");

            assertThat(PrefixedStore.below(other, "to").copyFrom(folder, "é", "k"))
                    .isTrue();
            assertThat(wire.traffic()).isEqualTo(new StoreTraffic(0, 1, 0, 1, 0, 0, 0));
            try (InputStream in = other.read("to/k", ByteRange.ALL)) {
                assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo("hello");
            }
            assertThat(other.copyFrom(new SealedStore(folder, new TestSealer(), "t"), "é", "sealed"))
                    .isFalse();
            assertThatThrownBy(() -> other.copyFrom(folder, "none", "k2")).isInstanceOf(ObjectNotFoundException.class);
        }
    }

    @Test
    void listsTurnPages() throws IOException {
        for (int i = 0; i < 1005; i++) put("page/%04d".formatted(i), "x");

        List<String> keys = keys("page/", "");
        assertThat(keys).hasSize(1005).isSorted().doesNotHaveDuplicates();
        MeteredStore metered = new MeteredStore(store);
        List<ObjectInfo> infos = new ArrayList<>();
        metered.list("page/", "").forEachRemaining(infos::add);
        assertThat(metered.traffic().lists()).isEqualTo(2);
    }

    @Test
    void whatLiesOutsideThePrefixIsNotSeen() throws IOException {
        try (S3ObjectStore whole = S3ObjectStore.open(service.connection(), bucket, "")) {
            whole.put("some/other", text("x"));
            whole.put("some/prefix2/k", text("x"));
            put("k", "x");

            assertThat(keys("", "")).containsExactly("k");
            List<String> all = new ArrayList<>();
            whole.list("", "").forEachRemaining(info -> all.add(info.key()));
            assertThat(all).containsExactly("some/other", "some/prefix/k", "some/prefix2/k");
        }
        assertThat(store.root()).isEqualTo(URI.create("s3://" + bucket + "/some/prefix"));
    }

    @Test
    void aWrongSecretIsDenied() throws IOException {
        put("k", "x");
        var wrong = new S3Connection.Credentials("local-identity", "guessed");
        try (S3ObjectStore denied = S3ObjectStore.open(
                S3Connection.at(service.endpoint(), S3ProxyProcess.REGION, wrong), bucket, "some/prefix")) {
            assertThatThrownBy(() -> denied.read("k", ByteRange.ALL)).isInstanceOf(StoreDeniedException.class);
            assertThatThrownBy(() -> denied.put("k", text("y"))).isInstanceOf(StoreDeniedException.class);
            assertThatThrownBy(() -> denied.list("", "")).isInstanceOf(StoreDeniedException.class);
        }
        assertThat(wrong.toString()).doesNotContain("guessed");
    }

    @Test
    void aMissingBucketIsNotAMissingObject() throws IOException {
        try (S3ObjectStore nowhere = S3ObjectStore.open(service.connection(), "no-such-bucket", "")) {
            assertThatThrownBy(() -> nowhere.read("k", ByteRange.ALL))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(ObjectNotFoundException.class)
                    .hasMessageContaining("NoSuchBucket");
        }
    }

    @Test
    void aServiceThatIsGoneIsAnIoError() {
        S3Connection nobody = S3Connection.at(
                URI.create("http://127.0.0.1:1"),
                S3ProxyProcess.REGION,
                service.connection().credentials().orElseThrow());
        try (S3ObjectStore gone = S3ObjectStore.open(nobody, bucket, "")) {
            assertThatThrownBy(() -> gone.putIfAbsent("k", text("x")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("could not write \"k\"");
        }
    }

    @Test
    void aContentThatBreaksOffLeavesNoObject() {
        Content broken = new Content() {
            @Override
            public long length() {
                return 300_000;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(new byte[100_000]);
            }
        };
        assertThatThrownBy(() -> store.putIfAbsent("k", broken)).isInstanceOf(IOException.class);
        // The service lists its own half-written file until it notices that nobody writes any more.
        assertThat(keysQuietly()).doesNotContain("k");
    }

    @Test
    void theMeterSeesEachByteOnce() throws IOException {
        MeteredStore metered = new MeteredStore(store);
        metered.put("k", Content.of(new byte[3_000_000]));
        assertThat(metered.traffic().writtenBytes()).isEqualTo(3_000_000);

        try (InputStream in = metered.read("k", ByteRange.from(1_000_000))) {
            in.readNBytes(500_000);
        }
        assertThat(metered.traffic().readBytes()).isEqualTo(500_000);
    }

    private S3ObjectStore parted() {
        S3Parts parts = new S3Parts(PART_BYTES, PART_BYTES, PART_BYTES);
        return S3ObjectStore.open(service.connection(), bucket, "some/prefix", parts, meter);
    }

    private static int statusOf(String url) throws Exception {
        return get(URI.create(url)).statusCode();
    }

    private List<String> keysQuietly() {
        try {
            return keys("", "");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static HttpResponse<String> get(URI url, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(url);
        if (headers.length > 0) request.headers(headers);
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
