package io.sluice.lake.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.sluice.lake.store.ObjectStore.PutOutcome;
import io.sluice.model.failure.Failure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GoogleObjectStoreTest extends ObjectStoreContract {
    private static final int CHUNK_BYTES = 256 * 1024;

    private static FakeGoogle service;

    private final String bucket = "bucket-" + UUID.randomUUID();
    private final TrafficMeter meter = new TrafficMeter();
    private GoogleObjectStore store;

    @BeforeAll
    static void startService() throws IOException {
        service = new FakeGoogle();
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @BeforeEach
    void open() {
        service.bucket(bucket);
        // Below a prefix, so that every test of the contract also shows that nothing leaks across it.
        store = GoogleObjectStore.open(service.connection(), bucket, "some/prefix", meter);
    }

    @Override
    protected ObjectStore store() {
        return store;
    }

    @Override
    protected Optional<StoreTraffic> traffic() {
        return Optional.of(meter.traffic());
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain.parquet", "a b/é%20.txt", "day=2026-01-01 10%3A00/数+&?#.txt", "~-._*'()!@$,;:[]"})
    void aSignedUrlReadsTheObjectAndItsRanges(String key) throws Exception {
        put(key, "0123456789");
        URI url = store.presign(key, Duration.ofMinutes(5)).orElseThrow();

        assertThat(get(url).body()).isEqualTo("0123456789");
        HttpResponse<String> range = get(url, "Range", "bytes=2-4");
        assertThat(range.statusCode()).isEqualTo(206);
        assertThat(range.body()).isEqualTo("234");
    }

    @Test
    void aTamperedOrExpiredUrlReadsNothing() throws Exception {
        put("k", "x");
        put("other", "x");
        String url = store.presign("k", Duration.ofMinutes(5)).orElseThrow().toString();

        assertThat(get(URI.create(url)).statusCode()).isEqualTo(200);
        assertThat(get(URI.create(url.replace("/k?", "/other?"))).statusCode()).isEqualTo(403);
        assertThat(get(URI.create(url.replace("Expires=375", "Expires=3750"))).statusCode())
                .isEqualTo(403);
        UrlSigner past = store.signer(Instant.now().minusSeconds(3600), Duration.ofMinutes(5))
                .orElseThrow();
        assertThat(get(URI.create(past.url("k"))).statusCode()).isEqualTo(400);
    }

    @Test
    void aMachineSignsByAskingTheServiceForEachUrl() throws Exception {
        put("k", "hello");
        GoogleObjectStore machine = GoogleObjectStore.open(service.machine(), bucket, "some/prefix", meter);
        int before = service.signaturesAsked.get();
        UrlSigner signer = machine.signer(Instant.now(), Duration.ofMinutes(5)).orElseThrow();

        assertThat(service.signaturesAsked).hasValue(before);
        assertThat(get(URI.create(signer.url("k"))).body()).isEqualTo("hello");
        assertThat(service.signaturesAsked).hasValue(before + 1);
    }

    @Test
    void aTokenIsAskedForOnce() throws IOException {
        int before = service.tokensAsked.get();
        for (int i = 0; i < 5; i++) put("k" + i, "x");

        assertThat(service.tokensAsked).hasValue(before + 1);
    }

    @Test
    void largeObjectsGoInChunks() throws IOException {
        byte[] bytes = new byte[2 * CHUNK_BYTES + 17];
        new Random(3).nextBytes(bytes);
        GoogleObjectStore chunked = chunked();
        chunked.put("large", Content.of(bytes));

        assertThat(meter.traffic()).isEqualTo(new StoreTraffic(0, 0, 0, 4, 0, 0, bytes.length));
        assertThat(chunked.putIfAbsent("large", Content.of(bytes))).isEqualTo(PutOutcome.EXISTS);
        assertThat(chunked.putIfAbsent("new", Content.of(bytes))).isEqualTo(PutOutcome.CREATED);
        for (String key : List.of("large", "new"))
            try (InputStream in = chunked.read(key, ByteRange.ALL)) {
                assertThat(Arrays.equals(in.readAllBytes(), bytes)).isTrue();
            }
    }

    @Test
    void anUploadThatBreaksOffIsCancelled() throws IOException {
        Content broken = new Content() {
            @Override
            public long length() {
                return 2 * CHUNK_BYTES;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(new byte[CHUNK_BYTES + 5]);
            }
        };
        int before = service.sessionsCancelled.get();
        assertThatThrownBy(() -> chunked().put("k", broken))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("promised");

        assertThat(service.sessionsCancelled).hasValue(before + 1);
        assertThat(keys("", "")).isEmpty();
    }

    @Test
    void whatMayPassIsAskedAgainButNoConditionalPut() throws IOException {
        put("k", "x");
        Predicate<HttpExchange> any = exchange -> true;
        service.failNext(any);
        assertThat(read("k", ByteRange.ALL)).isEqualTo("x");

        service.failNext(any);
        assertThatThrownBy(() -> store.putIfAbsent("new", text("x")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("503");
        assertThat(store.head("new")).isEmpty();
    }

    @Test
    void listsTurnPages() throws IOException {
        for (int i = 0; i < 1005; i++) put("page/%04d".formatted(i), "x");
        StoreTraffic before = meter.traffic();

        assertThat(keys("page/", "")).hasSize(1005).isSorted().doesNotHaveDuplicates();
        assertThat(meter.traffic().minus(before).lists()).isEqualTo(2);
    }

    @Test
    void anotherBucketIsCopiedFromWithoutAByteOfOurs() throws IOException {
        put("a b/é", "hello");
        TrafficMeter wire = new TrafficMeter();
        String otherBucket = "bucket-" + UUID.randomUUID();
        service.bucket(otherBucket);
        GoogleObjectStore other = GoogleObjectStore.open(service.connection(), otherBucket, "", wire);

        assertThat(other.copyFrom(PrefixedStore.below(store, "a b"), "é", "k")).isTrue();
        assertThat(wire.traffic()).isEqualTo(new StoreTraffic(0, 0, 0, 2, 0, 0, 0));
        try (InputStream in = other.read("k", ByteRange.ALL)) {
            assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo("hello");
        }
    }

    @Test
    void aForeignKeyIsDenied() throws IOException {
        try (FakeGoogle other = new FakeGoogle()) {
            String foreign = other.keyFile()
                    .replace(other.endpoint().toString(), service.endpoint().toString());
            GoogleConnection connection = new GoogleConnection(
                    Optional.of(service.endpoint()),
                    Optional.empty(),
                    new GoogleConnection.Credentials.KeyFile(GoogleServiceAccount.parse(foreign)));
            GoogleObjectStore denied = GoogleObjectStore.open(connection, bucket, "", new TrafficMeter());

            assertThatThrownBy(() -> denied.read("k", ByteRange.ALL)).isInstanceOf(StoreDeniedException.class);
            assertThatThrownBy(() -> denied.put("k", text("y"))).isInstanceOf(StoreDeniedException.class);
            assertThat(connection.toString()).contains(FakeGoogle.EMAIL).doesNotContain("PRIVATE");
        }
    }

    @Test
    void aMissingBucketIsNotAMissingObject() {
        GoogleObjectStore nowhere =
                GoogleObjectStore.open(service.connection(), "no-such-bucket", "", new TrafficMeter());

        assertThatThrownBy(() -> nowhere.read("k", ByteRange.ALL))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(ObjectNotFoundException.class)
                .hasMessageContaining("bucket does not exist");
    }

    @Test
    void aFileThatIsNoKeyFileIsRefusedWithoutQuotingIt() {
        assertThatThrownBy(() -> GoogleServiceAccount.parse("{\"private_key\": \"a secret\"}"))
                .isInstanceOf(Failure.class)
                .hasNoCause()
                .message()
                .doesNotContain("a secret");
    }

    private GoogleObjectStore chunked() {
        return GoogleObjectStore.open(service.connection(), bucket, "some/prefix", CHUNK_BYTES, meter);
    }

    private static HttpResponse<String> get(URI url, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(url);
        if (headers.length > 0) request.headers(headers);
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
