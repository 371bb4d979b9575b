package io.sluice.catalog.vending;

import static io.sluice.catalog.vending.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.catalog.vending.StorageIdentity.AwsRole;
import io.sluice.catalog.vending.StorageIdentity.ConfiguredStore;
import io.sluice.catalog.vending.VendedCredentials.S3Keys;
import io.sluice.model.failure.FailureKind;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Roles of Amazon's and stores that speak as it does, against a token service that verifies each signature. */
class AssumeRoleTest {
    private static final AwsRole ROLE = new AwsRole("arn:aws:iam::123456789012:role/lake", "external-1");
    private static final ConfiguredStore STORE = new ConfiguredStore("minio");

    @TempDir
    private Path secrets;

    private CloudsForTests clouds;

    @BeforeEach
    void start() throws Exception {
        clouds = new CloudsForTests(secrets);
    }

    @AfterEach
    void stop() {
        clouds.close();
    }

    @Test
    void theRoleIsTakenWithItsExternalIdForTheFolderAlone() {
        S3Keys keys = keys(ROLE, "s3://lake/retail/orders");

        assertThat(clouds.amazon.lastForm())
                .containsEntry("RoleArn", ROLE.arn())
                .containsEntry("ExternalId", "external-1");
        AmazonPolicy session = clouds.amazon.session(keys.accessKeyId());
        assertThat(session.gets("lake", "retail/orders/part-1")).isTrue();
        assertThat(session.gets("lake", "retail/returns/part-1")).isFalse();
        assertThat(keys.sessionToken()).hasValue("token-of-" + keys.accessKeyId());
        assertThat(keys.endpoint()).isEmpty();
        assertThat(keys.expires()).isEqualTo(TickingClock.START.plus(Duration.ofHours(1)));
    }

    @Test
    void aStoresOwnKeysAskForASessionAndStayHere() {
        S3Keys keys = keys(STORE, "s3://lake/open/orders");

        assertThat(keys.toWire().toString()).doesNotContain(FakeAmazon.KEY_ID, FakeAmazon.SECRET);
        assertThat(clouds.amazon.session(keys.accessKeyId()).gets("lake", "open/other/part-1"))
                .isFalse();
        assertThat(keys.endpoint())
                .hasValueSatisfying(endpoint -> assertThat(endpoint.uri()).isEqualTo(clouds.amazon.address()));
    }

    @Test
    void keysAreHandedOutAsTheyAreOnlyWhereTheOperatorSaysSo() {
        S3Keys keys = keys(new ConfiguredStore("plain"), "s3://lake/open/orders");

        assertThat(keys.secretAccessKey()).isEqualTo(FakeAmazon.SECRET);
        assertThat(keys.sessionToken()).isEmpty();
        assertThat(clouds.amazon.requests()).isZero();
        assertRefused(FailureKind.DENIED, () -> keys(new ConfiguredStore("other"), "s3://lake/open/orders"))
                .hasMessageContaining("sluice.stores.other.vending");
    }

    @Test
    void aStoreOpensNothingOutsideOfItsRoot() {
        assertRefused(FailureKind.INVALID, () -> keys(STORE, "s3://lake/openly/orders"));
        assertRefused(FailureKind.INVALID, () -> keys(new ConfiguredStore("plain"), "s3://other/open/orders"));
        assertThat(clouds.amazon.requests()).isZero();
    }

    @Test
    void aStarIsNotLeftToAStoreThatMayTakeItForAWildcard() {
        assertRefused(FailureKind.INVALID, () -> keys(STORE, "s3://lake/open/a*"));
        assertRefused(FailureKind.INVALID, () -> keys(STORE, "s3://lake/open/${aws:username}"));
    }

    @Test
    void aRoleThatDoesNotTrustUsIsToldAsDenied() {
        clouds.amazon.refuse(403, "AccessDenied");
        assertRefused(FailureKind.DENIED, () -> keys(ROLE, "s3://lake/a")).hasMessageContaining("trust policy");
        assertRefused(FailureKind.DENIED, () -> keys(STORE, "s3://lake/open/a"))
                .hasMessageContaining("vending to keys");
    }

    @Test
    void aServiceThatFailsIsToldAsUnavailable() {
        clouds.amazon.refuse(500, "InternalFailure");
        assertRefused(FailureKind.UNAVAILABLE, () -> keys(ROLE, "s3://lake/a"));
        clouds.amazon.refuse(400, "PackedPolicyTooLarge");
        assertRefused(FailureKind.INVALID, () -> keys(ROLE, "s3://lake/a"));
    }

    private S3Keys keys(StorageIdentity identity, String location) {
        return (S3Keys) clouds.issue(identity, Access.READ, location);
    }
}
