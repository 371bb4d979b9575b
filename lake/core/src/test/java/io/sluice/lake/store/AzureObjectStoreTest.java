package io.sluice.lake.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.lake.store.AzureConnection.Credentials;
import io.sluice.lake.store.ObjectStore.PutOutcome;
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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AzureObjectStoreTest extends ObjectStoreContract {
    @TempDir
    static Path folder;

    private static AzuriteProcess service;

    private final String container = "container-" + UUID.randomUUID();
    private final TrafficMeter meter = new TrafficMeter();
    private AzureObjectStore store;

    @BeforeAll
    static void startService() throws IOException {
        Optional<Path> program = AzuriteProcess.program();
        assumeTrue(program.isPresent(), "Azurite needs node, npm and once the npm registry; Azure is not tested here");
        service = AzuriteProcess.start(program.get(), folder);
    }

    @AfterAll
    static void stopService() {
        if (service != null) service.close();
    }

    @BeforeEach
    void open() {
        service.container(container);
        // Below a prefix, so that every test of the contract also shows that nothing leaks across it.
        store = AzureObjectStore.open(service.connection(), container, "some/prefix", meter);
    }

    @Override
    protected ObjectStore store() {
        return store;
    }

    @Override
    protected Optional<StoreTraffic> traffic() {
        return Optional.of(meter.traffic());
    }

    /** The service used here sorts by UTF-16, so it is asked below the surrogates only. */
    @Override
    @Test
    protected void keysBeyondAsciiSortByTheirBytes() throws IOException {
        List<String> sorted = List.of("a", "z", "é", "数", "\uFF5E");
        for (String key : sorted) put(key, "x");

        assertThat(keys("", "")).isEqualTo(sorted);
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

        assertThat(statusOf(url)).isEqualTo(200);
        assertThat(statusOf(url.replace("/k?", "/other?"))).isEqualTo(403);
        assertThat(statusOf(url.replaceFirst("se=\\d{4}", "se=2099"))).isEqualTo(403);
        assertThat(statusOf(url.replace("sp=r&", "sp=rd&"))).isEqualTo(403);
        UrlSigner past = store.signer(Instant.now().minusSeconds(3600), Duration.ofMinutes(5))
                .orElseThrow();
        assertThat(statusOf(past.url("k"))).isEqualTo(403);
    }

    @Test
    void aStoreThatIsOpenedByASignatureServesAndSignsNothing() throws IOException {
        // The signature is the container's, made by the service's own client; it must not be passed on.
        put("k", "hello");
        String sas = AzureSignatures.forContainer(service.connection(), container);
        AzureObjectStore bySignature =
                AzureObjectStore.open(service.connection(new Credentials.Sas(sas)), container, "some/prefix", meter);

        try (InputStream in = bySignature.read("k", ByteRange.ALL)) {
            assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo("hello");
        }
        bySignature.copy("k", "copy");
        assertThat(read("copy", ByteRange.ALL)).isEqualTo("hello");
        assertThat(bySignature.signer(Instant.now(), Duration.ofMinutes(5))).isEmpty();
    }

    @Test
    void largeObjectsGoInBlocks() throws IOException {
        byte[] bytes = new byte[2_500_000];
        new Random(3).nextBytes(bytes);
        AzureObjectStore blocks =
                AzureObjectStore.open(service.connection(), container, "some/prefix", 1_000_000, meter);
        blocks.put("large", Content.of(bytes));

        assertThat(meter.traffic()).isEqualTo(new StoreTraffic(0, 0, 0, 4, 0, 0, bytes.length));
        assertThat(blocks.putIfAbsent("large", Content.of(bytes))).isEqualTo(PutOutcome.EXISTS);
        assertThat(blocks.putIfAbsent("new", Content.of(bytes))).isEqualTo(PutOutcome.CREATED);
        for (String key : List.of("large", "new"))
            try (InputStream in = blocks.read(key, ByteRange.ALL)) {
                assertThat(Arrays.equals(in.readAllBytes(), bytes)).isTrue();
            }
    }

    @Test
    void aContentThatBreaksOffLeavesNoObject() throws IOException {
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
        assertThat(keys("", "")).isEmpty();
    }

    @Test
    void anotherContainerOfTheAccountIsCopiedFromWithoutAByteOfOurs() throws IOException {
        put("a b/é", "hello");
        TrafficMeter wire = new TrafficMeter();
        String otherContainer = "container-" + UUID.randomUUID();
        service.container(otherContainer);
        AzureObjectStore other = AzureObjectStore.open(service.connection(), otherContainer, "", wire);

        assertThat(other.copyFrom(PrefixedStore.below(store, "a b"), "é", "k")).isTrue();
        assertThat(wire.traffic().readBytes() + wire.traffic().writtenBytes()).isZero();
        try (InputStream in = other.read("k", ByteRange.ALL)) {
            assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo("hello");
        }
    }

    @Test
    void aWrongKeyIsDenied() throws IOException {
        put("k", "x");
        var wrong = new Credentials.AccountKey("Z3Vlc3NlZC1ndWVzc2VkLWd1ZXNzZWQ=");
        AzureObjectStore denied =
                AzureObjectStore.open(service.connection(wrong), container, "some/prefix", new TrafficMeter());

        assertThatThrownBy(() -> denied.read("k", ByteRange.ALL)).isInstanceOf(StoreDeniedException.class);
        assertThatThrownBy(() -> denied.put("k", text("y"))).isInstanceOf(StoreDeniedException.class);
        assertThatThrownBy(() -> denied.list("", "")).isInstanceOf(StoreDeniedException.class);
        assertThat(wrong.toString()).doesNotContain("Z3Vlc3");
    }

    @Test
    void aMissingContainerIsNotAMissingObject() {
        AzureObjectStore nowhere =
                AzureObjectStore.open(service.connection(), "no-such-container", "", new TrafficMeter());

        assertThatThrownBy(() -> nowhere.read("k", ByteRange.ALL))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(ObjectNotFoundException.class)
                .hasMessageContaining("ContainerNotFound");
    }

    @Test
    void theRootIsThatOfTheFileSystem() {
        assertThat(store.root())
                .isEqualTo(URI.create("abfss://" + container + "@sluicetest.dfs.core.windows.net/some/prefix"));
    }

    private static int statusOf(String url) throws Exception {
        return get(URI.create(url)).statusCode();
    }

    private static HttpResponse<String> get(URI url, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(url);
        if (headers.length > 0) request.headers(headers);
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
