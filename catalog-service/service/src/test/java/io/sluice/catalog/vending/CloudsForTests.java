package io.sluice.catalog.vending;

import io.sluice.catalog.vending.CredentialVendor.Request;
import io.sluice.catalog.vending.VendedCredentials.S3Keys;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The issuer as it is built for the real clouds, with each of them on this machine. */
final class CloudsForTests implements AutoCloseable {
    final TickingClock clock = new TickingClock();
    final FakeAmazon amazon = new FakeAmazon(clock);
    final FakeAzure azure = new FakeAzure(clock);
    final FakeGoogle google = new FakeGoogle(clock);
    private final CloudIssuer issuer;

    CloudsForTests(Path secrets) throws IOException {
        Files.writeString(secrets.resolve("app-1"), FakeAzure.SECRET + "\n");
        Files.writeString(secrets.resolve(FakeGoogle.EMAIL), FakeGoogle.keyFile());
        issuer = new CloudIssuer(
                new CloudIssuer.Settings(
                        Optional.of(secrets),
                        Map.of(
                                "minio", store(S3Store.Handout.CONFINED_SESSION),
                                "plain", store(S3Store.Handout.UNCONFINED_KEYS)),
                        "eu-west-1",
                        Optional.of(amazon.address()),
                        true),
                StaticCredentialsProvider.create(AwsBasicCredentials.create(FakeAmazon.KEY_ID, FakeAmazon.SECRET)),
                new CloudEndpoints(
                        azure.address(),
                        azure.address(),
                        azure.address() + "/{account}",
                        google.address().resolve("/token"),
                        google.address().resolve("/v1/token")),
                clock);
    }

    VendedCredentials issue(StorageIdentity identity, Access access, String location) {
        return issuer.issue(new Request(identity, access, CloudFolder.parse(location)));
    }

    private S3Store store(S3Store.Handout handout) {
        return new S3Store(
                URI.create("s3://lake/open/"),
                new S3Keys.Endpoint(amazon.address(), "hall-1", true),
                FakeAmazon.KEY_ID,
                FakeAmazon.SECRET,
                handout);
    }

    @Override
    public void close() {
        issuer.close();
        amazon.close();
        azure.close();
        google.close();
    }
}
