package io.sluice.catalog.vending;

import static io.sluice.catalog.vending.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.catalog.vending.StorageIdentity.AzureManagedIdentity;
import io.sluice.catalog.vending.StorageIdentity.AzureServicePrincipal;
import io.sluice.catalog.vending.VendedCredentials.AzureSas;
import io.sluice.model.failure.FailureKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures of Azure, against a service that computes each of them again. */
class AzureDelegationTest {
    private static final AzureServicePrincipal PRINCIPAL = new AzureServicePrincipal("tenant-1", "app-1");
    private static final String ORDERS = "abfss://lake@lakeacct.dfs.core.windows.net/retail/orders";

    /** A delegated key, but for its beginning. */
    private static final String REST = "<SignedTid>t</SignedTid><SignedStart>2026-11-21T12:00:00Z</SignedStart>"
            + "<SignedExpiry>2026-11-21T13:00:00Z</SignedExpiry><SignedService>b</SignedService>"
            + "<SignedVersion>2020-12-06</SignedVersion><Value>c2VjcmV0</Value></UserDelegationKey>";

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
    void aSignatureOpensItsDirectoryAndNoOther() {
        String sas = sas(PRINCIPAL, Access.READ, ORDERS).sasToken();

        assertThat(opens(sas, 'r', "retail/orders/part-1")).isTrue();
        assertThat(opens(sas, 'l', "retail/orders")).isTrue();
        assertThat(opens(sas, 'r', "retail/returns/part-1")).isFalse();
        assertThat(opens(sas, 'r', "retail")).isFalse();
        assertThat(clouds.azure.opens(sas, 'r', "other", "retail/orders/part-1"))
                .isFalse();
        assertThat(opens(sas, 'w', "retail/orders/part-1")).isFalse();
        assertThat(opens(sas(PRINCIPAL, Access.READ_WRITE, ORDERS).sasToken(), 'w', "retail/orders/part-1"))
                .isTrue();
    }

    @Test
    void aSignatureEndsWithItsHour() {
        AzureSas sas = sas(PRINCIPAL, Access.READ, ORDERS);
        assertThat(sas.expires()).isEqualTo(TickingClock.START.plus(Duration.ofHours(1)));
        clouds.clock.pass(Duration.ofMinutes(59));
        assertThat(opens(sas.sasToken(), 'r', "retail/orders/part-1")).isTrue();
        clouds.clock.pass(Duration.ofMinutes(1));
        assertThat(opens(sas.sasToken(), 'r', "retail/orders/part-1")).isFalse();
    }

    @Test
    void aSignatureDoesNotOutliveTheKeyItIsMadeWith() {
        clouds.azure.delegateOnlyFor(Duration.ofMinutes(20));
        AzureSas sas = sas(PRINCIPAL, Access.READ, ORDERS);
        assertThat(sas.expires()).isEqualTo(TickingClock.START.plus(Duration.ofMinutes(20)));
        assertThat(opens(sas.sasToken(), 'r', "retail/orders/part-1")).isTrue();
    }

    @Test
    void aMachinesOwnIdentityNeedsNoSecret() {
        AzureManagedIdentity machine = new AzureManagedIdentity(Optional.empty(), Optional.of(FakeAzure.MACHINE));
        assertThat(opens(sas(machine, Access.READ, ORDERS).sasToken(), 'r', "retail/orders/part-1"))
                .isTrue();
    }

    @Test
    void signsInTheNameAreSignedAsTheyAre() {
        String sas = sas(PRINCIPAL, Access.READ, "abfss://lake@lakeacct.dfs.core.windows.net/a&sp=racwd/b c+ü")
                .sasToken();
        assertThat(opens(sas, 'r', "a&sp=racwd/b c+ü/part-1")).isTrue();
        assertThat(opens(sas, 'w', "a&sp=racwd/b c+ü/part-1")).isFalse();
    }

    @Test
    void noSecretGetsIntoWhatIsHandedOutOrTold() throws Exception {
        assertThat(sas(PRINCIPAL, Access.READ, ORDERS).sasToken())
                .doesNotContain(FakeAzure.SECRET, FakeAzure.delegatedKey());
        Files.writeString(secrets.resolve("app-1"), "an-older-secret");
        assertRefused(FailureKind.DENIED, () -> sas(PRINCIPAL, Access.READ, ORDERS))
                .hasMessageContaining("renew its secret")
                .hasMessageNotContaining("an-older-secret");
        Files.delete(secrets.resolve("app-1"));
        assertRefused(FailureKind.INVALID, () -> sas(PRINCIPAL, Access.READ, ORDERS))
                .hasMessageContaining("sluice.vending.secrets");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no XML",
                "<UserDelegationKey/>",
                "<UserDelegationKey><SignedOid>a</SignedOid><SignedOid>b</SignedOid>" + REST,
                "<!DOCTYPE x [<!ENTITY e 'a'>]><UserDelegationKey><SignedOid>&e;</SignedOid>" + REST
            })
    void whatIsNoKeyIsNotReadAsOne(String answer) {
        assertThat(DelegatedKey.read("<UserDelegationKey><SignedOid>a</SignedOid>" + REST))
                .isPresent();
        assertThat(DelegatedKey.read(answer)).isEmpty();
    }

    @Test
    void anAnswerThatIsNotUnderstoodIsToldAsUnavailable() {
        clouds.azure.answerAlways(200, "<html>");
        assertRefused(FailureKind.UNAVAILABLE, () -> sas(PRINCIPAL, Access.READ, ORDERS));
        clouds.azure.answerAlways(503, "");
        assertRefused(FailureKind.UNAVAILABLE, () -> sas(PRINCIPAL, Access.READ, ORDERS));
    }

    private AzureSas sas(StorageIdentity identity, Access access, String location) {
        return (AzureSas) clouds.issue(identity, access, location);
    }

    private boolean opens(String sas, char permission, String path) {
        return clouds.azure.opens(sas, permission, "lake", path);
    }
}
