package io.sluice.lake.place;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.lake.store.AzureConnection;
import io.sluice.lake.store.AzureTokens;
import io.sluice.lake.store.Content;
import io.sluice.lake.store.GoogleConnection;
import io.sluice.lake.store.S3Connection;
import io.sluice.lake.store.StoreTraffic;
import io.sluice.model.failure.Failure;
import io.sluice.model.place.Region;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StoresTest {
    private static final Region EAST = new Region("local", "east");
    private static final Region WEST = new Region("local", "west");

    private static final String AZURE = "abfss://box@account.dfs.core.windows.net";

    @TempDir
    Path folder;

    private Stores stores;

    @BeforeEach
    void open() throws IOException {
        stores = Stores.open(List.of(
                StoreConfig.local("lake", EAST, folder.resolve("lake").toUri()),
                StoreConfig.local("inner", WEST, folder.resolve("lake/inner").toUri()),
                StoreConfig.s3("bucket", WEST, URI.create("s3://bucket/base"), S3Connection.amazon("us-west-2")),
                StoreConfig.google(
                        "google",
                        WEST,
                        URI.create("gs://bucket/base"),
                        new GoogleConnection(
                                Optional.empty(), Optional.empty(), GoogleConnection.Credentials.Machine.here())),
                StoreConfig.azure("azure", WEST, URI.create(AZURE + "/base"), azure("account"))));
    }

    @AfterEach
    void close() throws IOException {
        stores.close();
    }

    @Test
    void theLongestRootWins() {
        assertThat(stores.place(at("lake/inner/t")))
                .extracting(StorePlace::storeName, StorePlace::region)
                .containsExactly("inner", WEST);
        assertThat(stores.place(at("lake/inner2/t")).storeName()).isEqualTo("lake");
        assertThat(stores.place(at("lake")).storeName()).isEqualTo("lake");
        assertThat(stores.place(URI.create("s3://bucket/base/t")).storeName()).isEqualTo("bucket");
        assertThat(stores.place(URI.create("s3a://bucket/base/t/")).storeName()).isEqualTo("bucket");
    }

    @Test
    void aPlaceIsRootedAtItsLocationAndCounted() throws IOException {
        StorePlace place = stores.place(URI.create(at("lake/a") + "%20b/"));
        place.store().put("k", Content.of("12345".getBytes(UTF_8)));

        assertThat(Files.readString(folder.resolve("lake/a b/k"))).isEqualTo("12345");
        assertThat(place.store().root().toString()).endsWith("/lake/a%20b");
        assertThat(stores.traffic())
                .containsEntry("lake", new StoreTraffic(0, 0, 0, 1, 0, 0, 5))
                .containsEntry("inner", StoreTraffic.NONE);
    }

    @Test
    void allCloudsAreTold() {
        assertThat(stores.place(URI.create("gs://bucket/base/t")).storeName()).isEqualTo("google");
        assertThat(stores.place(URI.create("gs://bucket/base/t")).store().root())
                .isEqualTo(URI.create("gs://bucket/base/t"));
        for (String spelling :
                List.of(AZURE, "abfs://box@account.dfs.core.windows.net", "wasbs://box@account.blob.core.windows.net"))
            assertThat(stores.place(URI.create(spelling + "/base/t")).store().root())
                    .isEqualTo(URI.create(AZURE + "/base/t"));
        assertThatThrownBy(() -> stores.place(URI.create("abfss://other@account.dfs.core.windows.net/base")))
                .isInstanceOf(Failure.class);
    }

    @Test
    void allSpellingsOfAFileAreOne() {
        String path = folder.resolve("lake/t").toString();
        for (String spelling : List.of("file:" + path, "file://" + path, "FILE://localhost" + path + "/"))
            assertThat(stores.place(URI.create(spelling)).storeName()).isEqualTo("lake");
    }

    @Test
    void anUncoveredLocationIsRefusedWithTheStoresThereAre() {
        assertThatThrownBy(() -> stores.place(URI.create("s3://other/x")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("s3://other/x")
                .hasMessageContaining("bucket at s3://bucket/base");
        assertThatThrownBy(() -> stores.place(URI.create("s3://bucket/basement/t")))
                .isInstanceOf(Failure.class);
        assertThatThrownBy(() -> stores.place(folder.toUri())).isInstanceOf(Failure.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3://bucket/base/../other",
                "s3://bucket/base/%2e%2e/other",
                "s3://bucket/base%2Fx",
                "s3://bucket/base//x",
                "s3://bucket/base/x?versionId=1",
                "s3:bucket/base",
                "s3:///base",
                "file://host/x",
                "gs://other/x",
                "gs:///x",
                "gs://user@bucket/base",
                "abfss://box/base",
                "abfss://box@account/base",
                "abfss://box@account.dfs.core.windows.net.example.org/base",
                "abfss://box:secret@account.dfs.core.windows.net/base",
                "/no/scheme",
                "s3://user@bucket/base/x"
            })
    void hostileAndForeignLocationsAreRefused(String location) {
        assertThatThrownBy(() -> stores.place(URI.create(location))).isInstanceOf(Failure.class);
    }

    @Test
    void configurationsThatCannotBeMeantAreRefused() {
        StoreConfig one = StoreConfig.local("one", EAST, folder.resolve("x").toUri());
        assertThatThrownBy(() -> Stores.open(List.of(one, one))).hasMessageContaining("Two stores are named one");
        assertThatThrownBy(() -> Stores.open(List.of(StoreConfig.local("s", EAST, URI.create("s3://b")))))
                .hasMessageContaining("settings for file locations");
        StoreConfig anothersAccount = StoreConfig.azure("s", EAST, URI.create(AZURE), azure("other"));
        assertThatThrownBy(() -> Stores.open(List.of(anothersAccount))).hasMessageContaining("the account other");
    }

    @Test
    void aFolderWithoutAnotherClientIsRefused() {
        StoreConfig adapted =
                StoreConfig.s3("s", EAST, URI.create("s3://bucket/base"), S3Connection.amazon("us-west-2"), folder);
        assertThatThrownBy(() -> Stores.open(List.of(adapted)))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("holds no jar with an adapter");
    }

    private static AzureConnection azure(String account) {
        return new AzureConnection(
                account,
                Optional.empty(),
                Optional.empty(),
                new AzureConnection.Credentials.Identity(AzureTokens.ofThisMachine()));
    }

    private URI at(String path) {
        return URI.create("file://" + folder.resolve(path));
    }
}
