package io.sluice.sharing.query;

import static io.sluice.sharing.world.World.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import io.sluice.model.name.TableName;
import io.sluice.model.work.AuditEntry;
import io.sluice.sharing.PageRequest;
import io.sluice.sharing.asset.AssetKind;
import io.sluice.sharing.query.SharedFolders.Address;
import io.sluice.sharing.share.AssetWish;
import io.sluice.sharing.share.ShareName;
import io.sluice.sharing.share.SharePatch;
import io.sluice.sharing.share.SharedAs;
import io.sluice.sharing.wire.AssetJson;
import io.sluice.sharing.world.World;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Volumes and models in shares, and credentials for their files. */
class SharedFoldersTest {
    private static final ShareName PARTNERS = ShareName.of("partners");
    private static final PageRequest ALL = PageRequest.ofProtocol(Optional.empty(), Optional.empty());

    @TempDir
    Path folder;

    private World world;
    private World.Reader reader;

    @BeforeEach
    void aShareOfAVolumeAndAModel() {
        world = new World(folder);
        reader = world.reader("acme");
        world.assets.put(AssetKind.VOLUME, "main.raw.scans");
        world.assets.put(AssetKind.MODEL, "main.ml.churn");
        world.assets.finished = List.of(1L, 3L, 4L);
        world.share("partners");
        world.grant("partners", "acme");
        world.patch("partners", add(AssetKind.VOLUME, "main.raw.scans"), add(AssetKind.MODEL, "main.ml.churn"));
    }

    @Test
    void eachKindIsListedByItselfAndItsSchemasAreSeen() {
        assertThat(list(AssetKind.VOLUME, null)).containsExactly("raw.scans");
        assertThat(list(AssetKind.MODEL, null)).containsExactly("ml.churn");
        assertThat(list(AssetKind.VOLUME, "ML")).isEmpty();
        assertFails(FailureKind.NOT_FOUND, () -> list(AssetKind.VOLUME, "nosuch"));
        assertThat(world.listing.schemas(reader.recipient(), PARTNERS, ALL).items())
                .containsExactly("ml", "raw");
        assertThat(AssetJson.volume(world.folders.get(reader.recipient(), volume("RAW", "Scans")))
                        .path("storageLocation")
                        .asText())
                .isEqualTo("s3://bucket/main.raw.scans");
    }

    @Test
    void credentialsAreByTheOwnersRightsAndLeaveAnAuditRow() {
        assertThat(AssetJson.credentials(world.folders.credentials(reader.recipient(), volume("raw", "scans"))))
                .hasToString("{\"azureUserDelegationSas\":{\"sasToken\":\"" + ADMIN
                        + " s3://bucket/main.raw.scans\"},\"expirationTime\":1893456000000}");
        assertThat(AssetJson.credentials(world.folders.credentials(reader.recipient(), model(), "3"))
                        .path("gcpOauthToken")
                        .path("oauthToken")
                        .asText())
                .isEqualTo(ADMIN + " s3://bucket/main.ml.churn/3");
        assertThat(world.work.audit)
                .extracting(AuditEntry::action)
                .contains(
                        "deltaSharingGenerateTemporaryVolumeCredential",
                        "deltaSharingGenerateTemporaryModelVersionCredential");
    }

    @Test
    void onlyFinishedVersionsAreThere() {
        PageRequest two = PageRequest.ofProtocol(Optional.of("2"), Optional.empty());
        var first = world.folders.versions(reader.recipient(), model(), two);
        var rest = world.folders.versions(
                reader.recipient(), model(), PageRequest.ofProtocol(Optional.of("2"), first.nextToken()));

        assertThat(first.items()).extracting(given -> given.version().number()).containsExactly(1L, 3L);
        assertThat(rest.items()).extracting(given -> given.version().number()).containsExactly(4L);
        assertThat(rest.nextToken()).isEmpty();
        assertFails(FailureKind.NOT_FOUND, () -> world.folders.version(reader.recipient(), model(), "2"));
        assertFails(FailureKind.INVALID, () -> world.folders.version(reader.recipient(), model(), "two"));
    }

    @Test
    void whatTheOwnerLostOrAnotherOneThatTookTheNameIsNotGiven() {
        world.assets.drop(AssetKind.VOLUME, "main.raw.scans");
        world.assets.put(AssetKind.VOLUME, "main.raw.scans");
        world.assets.deny(ADMIN, "main.ml.churn");

        assertThat(list(AssetKind.VOLUME, null)).isEmpty();
        assertThat(list(AssetKind.MODEL, null)).isEmpty();
        assertFails(FailureKind.NOT_FOUND, () -> world.folders.credentials(reader.recipient(), volume("raw", "scans")));
        assertFails(FailureKind.NOT_FOUND, () -> world.folders.credentials(reader.recipient(), model(), "1"));
        assertThat(world.shares.get(ADMIN, PARTNERS).assets())
                .allSatisfy(asset -> assertThat(asset.isServed()).isFalse());
    }

    @Test
    void anotherRecipientFindsNothing() {
        World.Reader other = world.reader("other");

        assertFails(FailureKind.NOT_FOUND, () -> world.folders.credentials(other.recipient(), volume("raw", "scans")));
    }

    @Test
    void aVolumeStandsInAShareOnceAndCanBeCalledOtherwise() {
        world.assets.put(AssetKind.VOLUME, "other.raw.scans");
        assertFails(
                FailureKind.ALREADY_EXISTS, () -> world.patch("partners", add(AssetKind.VOLUME, "other.raw.scans")));

        var as = new AssetWish(Optional.of(SharedAs.parse("photos.all")), Optional.empty());
        world.patch(
                "partners",
                new SharePatch.UpdateAsset(AssetKind.VOLUME, TableName.parse("main.raw.scans"), as),
                add(AssetKind.VOLUME, "other.raw.scans"),
                new SharePatch.RemoveAsset(AssetKind.MODEL, TableName.parse("main.ml.churn")));

        assertThat(list(AssetKind.VOLUME, null)).containsExactly("photos.all", "raw.scans");
        assertThat(list(AssetKind.MODEL, null)).isEmpty();
    }

    private static SharePatch.AddAsset add(AssetKind kind, String name) {
        return new SharePatch.AddAsset(kind, TableName.parse(name), AssetWish.PLAIN);
    }

    private static Address volume(String schema, String name) {
        return new Address(AssetKind.VOLUME, PARTNERS, new SharedAs(schema, name));
    }

    private static Address model() {
        return new Address(AssetKind.MODEL, PARTNERS, new SharedAs("ml", "churn"));
    }

    private List<String> list(AssetKind kind, String schema) {
        return world.folders.list(reader.recipient(), kind, PARTNERS, Optional.ofNullable(schema), ALL).items().stream()
                .map(asset -> asset.name().toString())
                .toList();
    }

    private static void assertFails(FailureKind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
