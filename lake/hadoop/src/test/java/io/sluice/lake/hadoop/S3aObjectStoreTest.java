package io.sluice.lake.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.lake.place.StoreConfig;
import io.sluice.lake.place.Stores;
import io.sluice.lake.store.ObjectStore;
import io.sluice.lake.store.ObjectStoreContract;
import io.sluice.lake.store.S3ProxyProcess;
import io.sluice.model.place.Region;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opened as the server opens it: from the folder of jars that the build made, in classes of its own. */
final class S3aObjectStoreTest extends ObjectStoreContract {
    private static final Path JARS = Path.of("target/s3a").toAbsolutePath();

    @TempDir
    static Path folder;

    private static S3ProxyProcess service;

    private final String bucket = "bucket-" + UUID.randomUUID();
    private Stores stores;
    private ObjectStore store;

    @BeforeAll
    static void startService() throws IOException {
        service = S3ProxyProcess.start(folder);
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @BeforeEach
    void open() throws IOException {
        service.bucket(bucket);
        URI root = URI.create("s3://" + bucket + "/some/prefix");
        stores = Stores.open(
                List.of(StoreConfig.s3("cloud", new Region("aws", "us-east-1"), root, service.connection(), JARS)));
        store = stores.place(root).store();
    }

    @AfterEach
    void close() throws IOException {
        stores.close();
    }

    @Override
    protected ObjectStore store() {
        return store;
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
    void urlsAreSignedAllTheSame() throws Exception {
        put("k", "hello");
        URI url = store.presign("k", Duration.ofMinutes(5)).orElseThrow();
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).isEqualTo("hello");
    }
}
