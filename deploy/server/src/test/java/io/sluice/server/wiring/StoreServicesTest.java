package io.sluice.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.lake.place.StoreConfig;
import io.sluice.lake.place.StoreService;
import io.sluice.lake.store.AzureConnection;
import io.sluice.lake.store.GoogleConnection;
import io.sluice.server.launch.SluiceConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the settings of a store become, and that no secret is printed with them. */
final class StoreServicesTest {
    @TempDir
    Path folder;

    private Settings settings = new Settings(URI.create("file:///"), Optional.empty(), Optional.empty());

    @Test
    void keysOfS3MayHaveTheTokenOfASession() throws IOException {
        root("s3://lake/prod");
        settings =
                new Settings(settings.root(), Optional.of(URI.create("https://files.example.org")), Optional.empty());
        secret("AKID\nthe-secret\nthe-token\n");

        StoreService.S3 service = (StoreService.S3) named().service();
        var keys = service.connection().credentials().orElseThrow();
        assertThat(keys.accessKey()).isEqualTo("AKID");
        assertThat(keys.sessionToken()).contains("the-token");
        assertThat(service.connection().publicEndpoint()).contains(URI.create("https://files.example.org"));
        assertThat(service.toString()).doesNotContain("the-secret").doesNotContain("the-token");
    }

    @Test
    void azureIsOpenedByAKeyASignatureOrTheMachine() throws IOException {
        root("abfss://box@account.dfs.core.windows.net/prod");
        assertThat(azure().credentials()).isInstanceOf(AzureConnection.Credentials.Identity.class);
        secret("dGhlLXNlY3JldA==\n");
        assertThat(azure().credentials()).isEqualTo(new AzureConnection.Credentials.AccountKey("dGhlLXNlY3JldA=="));
        assertThat(azure().account()).isEqualTo("account");
        assertThat(named().toString()).doesNotContain("dGhlLXNlY3JldA");
        secret("?sv=2021-12-02&sig=the-secret\n");
        assertThat(azure().credentials())
                .isEqualTo(new AzureConnection.Credentials.Sas("sv=2021-12-02&sig=the-secret"));
        assertThat(named().toString()).doesNotContain("the-secret");
    }

    @Test
    void googleIsOpenedByAKeyFileOrTheMachine() throws Exception {
        root("gs://lake/prod");
        assertThat(google().credentials()).isEqualTo(GoogleConnection.Credentials.Machine.here());
        String key = Base64.getEncoder()
                .encodeToString(KeyPairGenerator.getInstance("RSA")
                        .generateKeyPair()
                        .getPrivate()
                        .getEncoded());
        secret("""
                {"client_email": "me@project", "token_uri": "https://oauth2.googleapis.com/token",
                 "private_key": "-----BEGIN PRIVATE KEY-----\\n%s\\n-----END PRIVATE KEY-----\\n"}""".formatted(key));
        assertThat(google().credentials()).hasToString("KeyFile[account=GoogleServiceAccount[me@project]]");
        secret("no key");
        assertThatThrownBy(this::named).hasMessageContaining("no key file");
    }

    private AzureConnection azure() {
        return ((StoreService.Azure) named().service()).connection();
    }

    private GoogleConnection google() {
        return ((StoreService.Google) named().service()).connection();
    }

    private void root(String root) {
        settings = new Settings(URI.create(root), Optional.empty(), Optional.empty());
    }

    private void secret(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("credentials"), text);
        settings = new Settings(settings.root(), settings.publicEndpoint(), Optional.of(file));
    }

    private StoreConfig named() {
        return StoreServices.named("lake", settings);
    }

    /** As the start file would say it. */
    private record Settings(URI root, Optional<URI> publicEndpoint, Optional<Path> credentialsFile)
            implements SluiceConfig.Store {
        @Override
        public String cloud() {
            return "cloud";
        }

        @Override
        public String region() {
            return "region";
        }

        @Override
        public Optional<URI> endpoint() {
            return Optional.empty();
        }

        @Override
        public boolean pathStyle() {
            return false;
        }

        @Override
        public Optional<Path> clientJars() {
            return Optional.empty();
        }

        @Override
        public Optional<String> metastore() {
            return Optional.empty();
        }

        @Override
        public SluiceConfig.Handout vending() {
            return SluiceConfig.Handout.NOTHING;
        }
    }
}
