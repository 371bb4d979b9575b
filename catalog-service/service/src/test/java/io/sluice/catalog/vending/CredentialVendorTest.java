package io.sluice.catalog.vending;

import static io.sluice.catalog.vending.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.catalog.vending.StorageIdentity.AwsRole;
import io.sluice.catalog.vending.VendedCredentials.S3Keys;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is made anew and what is handed out again. */
class CredentialVendorTest {
    private static final Optional<StorageIdentity> ROLE =
            Optional.of(new AwsRole("arn:aws:iam::123456789012:role/a", "x"));

    private final TickingClock clock = new TickingClock();
    private final AtomicInteger asked = new AtomicInteger();
    private Duration life = Duration.ofHours(1);
    private final CredentialVendor vendor = new CredentialVendor(this::issue, clock);

    @Test
    void aSessionIsHandedOutAgainForFourFifthsOfItsLife() {
        VendedCredentials first = vendor.vend(Access.READ, "s3://lake/a", ROLE);
        clock.pass(Duration.ofMinutes(47));
        assertThat(vendor.vend(Access.READ, "s3://lake/a", ROLE)).isEqualTo(first);
        clock.pass(Duration.ofMinutes(1));
        assertThat(vendor.vend(Access.READ, "s3://lake/a", ROLE)).isNotEqualTo(first);
    }

    @Test
    void anotherFolderMoreRightsOrAnotherIdentityIsAnotherSession() {
        vendor.vend(Access.READ, "s3://lake/a", ROLE);
        vendor.vend(Access.READ_WRITE, "s3://lake/a", ROLE);
        vendor.vend(Access.READ, "s3://lake/ab", ROLE);
        vendor.vend(Access.READ, "s3://lake/a", Optional.of(new AwsRole("arn:aws:iam::123456789012:role/a", "y")));
        assertThat(asked).hasValue(4);
    }

    @Test
    void aFailureIsNotKept() {
        life = Duration.ofSeconds(30);
        assertRefused(FailureKind.UNAVAILABLE, () -> vendor.vend(Access.READ, "s3://lake/a", ROLE))
                .hasMessageContaining("clock");
        life = Duration.ofHours(1);
        assertThat(vendor.vend(Access.READ, "s3://lake/a", ROLE).location()).isEqualTo("s3://lake/a");
    }

    @Test
    void whoeverAsksMeanwhileWaitsForTheSameAnswer() throws Exception {
        CountDownLatch isAsked = new CountDownLatch(1);
        CompletableFuture<VendedCredentials> cloud = new CompletableFuture<>();
        CredentialVendor slow = new CredentialVendor(
                request -> {
                    asked.incrementAndGet();
                    isAsked.countDown();
                    return cloud.join();
                },
                clock);
        CompletableFuture<VendedCredentials> first =
                CompletableFuture.supplyAsync(() -> slow.vend(Access.READ, "s3://lake/a", ROLE));
        isAsked.await();
        CompletableFuture<VendedCredentials> second =
                CompletableFuture.supplyAsync(() -> slow.vend(Access.READ, "s3://lake/a", ROLE));
        cloud.complete(keys("s3://lake/a"));

        assertThat(second.get()).isSameAs(first.get());
        assertThat(asked).hasValue(1);
    }

    @Test
    void aLocalFolderNeedsNothingAndABucketSomethingOfItsCloud() {
        assertThat(vendor.vend(Access.READ, "file:///lake/a%20b", Optional.empty())
                        .toWire()
                        .toString())
                .isEqualTo("{\"aws_temp_credentials\":null,\"azure_user_delegation_sas\":null,\"gcp_oauth_token\":null,"
                        + "\"expiration_time\":null,\"url\":\"file:///lake/a%20b\"}");
        assertRefused(FailureKind.INVALID, () -> vendor.vend(Access.READ, "s3://lake/a", Optional.empty()))
                .hasMessageContaining("external location");
        assertRefused(FailureKind.INVALID, () -> vendor.vend(Access.READ, "gs://lake/a", ROLE))
                .hasMessageContaining("another cloud");
        assertThat(asked).hasValue(0);
    }

    @Test
    void credentialsDoNotPrintTheirSecrets() {
        assertThat(vendor.vend(Access.READ, "s3://lake/a", ROLE).toString()).doesNotContain("secret", "token");
        assertThat(new VendedCredentials.AzureSas("l", "secret", TickingClock.START).toString())
                .doesNotContain("secret");
        assertThat(new VendedCredentials.GoogleToken("l", "secret", TickingClock.START).toString())
                .doesNotContain("secret");
    }

    private VendedCredentials issue(CredentialVendor.Request request) {
        asked.incrementAndGet();
        if (life.isZero()) throw Failure.unavailable(null, "dark");
        return keys(request.folder().text());
    }

    private S3Keys keys(String location) {
        return new S3Keys(
                location,
                "AKIA" + asked,
                "secret",
                Optional.of("token"),
                Optional.empty(),
                clock.instant().plus(life));
    }
}
