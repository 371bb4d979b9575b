package io.sluice.sharing.share;

import static io.sluice.sharing.world.World.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import io.sluice.model.name.TableName;
import io.sluice.model.work.AuditEntry;
import io.sluice.sharing.PageRequest;
import io.sluice.sharing.query.TableAddress;
import io.sluice.sharing.recipient.RecipientName;
import io.sluice.sharing.world.World;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharesTest {
    private static final ShareName PARTNERS = ShareName.of("partners");
    private static final TableName ORDERS = TableName.parse("main.sales.orders");

    @TempDir
    Path folder;

    private World world;

    @BeforeEach
    void aWorldWithOneTable() throws IOException {
        world = new World(folder);
        world.table("main.sales.orders");
    }

    @Test
    void aShareIsFoundByAnyCaseOfItsName() {
        world.share("Partners", ORDERS);

        ShareView view = world.shares.get(ADMIN, ShareName.of("PARTNERS"));

        assertThat(view.share().name()).isEqualTo(PARTNERS);
        assertThat(view.objects()).singleElement().satisfies(object -> {
            assertThat(object.object().sharedAs()).hasToString("sales.orders");
            assertThat(object.isServed()).isTrue();
        });
        assertThat(world.work.audit).extracting(AuditEntry::action).containsExactly("createShare", "updateShare");
    }

    @Test
    void aNameIsTakenOnce() {
        world.share("partners");

        assertFails(
                FailureKind.ALREADY_EXISTS,
                () -> world.shares.create(ADMIN, ShareName.of("PARTNERS"), Optional.empty(), UrlLife.DEFAULT));
    }

    @Test
    void aTableIsInAShareOnceAndUnderOneNameOnly() throws IOException {
        world.share("partners", ORDERS);
        world.table("main.other.orders");

        assertFails(FailureKind.ALREADY_EXISTS, () -> world.add("partners", ORDERS, SharedAs.parse("x.y")));
        assertFails(
                FailureKind.ALREADY_EXISTS,
                () -> world.add("partners", TableName.parse("main.other.orders"), SharedAs.parse("sales.orders")));
    }

    @Test
    void aPatchIsDoneWhollyOrNotAtAll() {
        world.share("partners", ORDERS);
        var rename = new SharePatch.Update(ORDERS, ObjectWish.as(SharedAs.parse("a.b")));
        var unknown = new SharePatch.Remove(TableName.parse("main.sales.gone"));

        assertFails(FailureKind.NOT_FOUND, () -> patch(rename, unknown));
        assertThat(names()).containsExactly("sales.orders");

        patch(rename);
        assertThat(names()).containsExactly("a.b");
    }

    @Test
    void onlyOwnersAndAdministratorsManage() {
        world.share("partners", ORDERS);

        assertFails(
                FailureKind.DENIED,
                () -> world.shares.create("eve", ShareName.of("mine"), Optional.empty(), UrlLife.DEFAULT));
        assertFails(FailureKind.DENIED, () -> world.shares.get("eve", PARTNERS));
        assertFails(FailureKind.DENIED, () -> world.shares.delete("eve", PARTNERS));
        assertThat(world.shares
                        .list("eve", PageRequest.ofManagement(Optional.empty(), Optional.empty()))
                        .items())
                .isEmpty();

        world.shares.update(ADMIN, PARTNERS, SharePatch.ofOwner("eve"));
        assertThat(world.shares.get("eve", PARTNERS).share().owner()).isEqualTo("eve");
    }

    @Test
    void whoMayNotGiveATableAwayCannotAddIt() {
        world.share("partners");
        world.catalog.deny(ADMIN);

        assertFails(FailureKind.DENIED, () -> world.add("partners", ORDERS, SharedAs.of(ORDERS)));
    }

    @Test
    void anOwnerWhoLosesTheTableTakesItFromRecipientsAndGivesItBack() {
        // Shows that a share holds no more than its owner may give, at every moment.
        var reader = world.reader("acme");
        world.share("partners", ORDERS);
        world.grant("partners", "acme");
        TableAddress address = TableAddress.of("partners", "sales", "orders");

        world.catalog.deny(ADMIN);
        assertFails(FailureKind.NOT_FOUND, () -> world.protocol.version(reader.recipient(), address, Optional.empty()));
        assertThat(world.shares.get(ADMIN, PARTNERS).objects())
                .singleElement()
                .satisfies(object -> assertThat(object.isServed()).isFalse());

        world.catalog.allow(ADMIN);
        assertThat(world.protocol.version(reader.recipient(), address, Optional.empty()))
                .isZero();
    }

    @Test
    void whoLostATableCannotOpenItByGivingTheShareAway() {
        // Eve's share holds a table that she may no longer give. Its new owner could, so the change must be refused.
        world.share("partners", ORDERS);
        own("eve", ADMIN);
        world.catalog.deny("eve");

        assertFails(FailureKind.DENIED, () -> own("bob", "eve"));

        own("bob", ADMIN);
        assertThat(world.shares.get(ADMIN, PARTNERS).share().owner()).isEqualTo("bob");
    }

    private void own(String owner, String principal) {
        world.shares.update(principal, PARTNERS, SharePatch.ofOwner(owner));
    }

    @Test
    void anotherTableOfTheSameNameIsNotShared() throws IOException {
        var reader = world.reader("acme");
        world.share("partners", ORDERS);
        world.grant("partners", "acme");

        world.catalog.drop(ORDERS);
        world.register("main.sales.orders", Optional.empty());

        assertFails(
                FailureKind.NOT_FOUND,
                () -> world.protocol.version(
                        reader.recipient(), TableAddress.of("partners", "sales", "orders"), Optional.empty()));
    }

    @Test
    void aWithdrawnGrantAndADeletedShareAreGoneWithTheNextQuestion() {
        var reader = world.reader("acme");
        world.share("partners", ORDERS);
        world.grant("partners", "acme");
        assertThat(granted(reader)).containsExactly("partners");

        world.revoke("partners", "acme");
        assertThat(granted(reader)).isEmpty();

        world.grant("partners", "acme");
        world.shares.delete(ADMIN, PARTNERS);
        assertThat(granted(reader)).isEmpty();
    }

    @Test
    void permissionsAreSeenFromBothSides() {
        world.reader("acme");
        world.share("partners", ORDERS);
        world.grant("partners", "ACME");

        assertThat(world.permissions.readersOf(ADMIN, PARTNERS))
                .extracting(name -> name.value())
                .containsExactly("acme");
        PageRequest all = PageRequest.ofManagement(Optional.empty(), Optional.empty());
        assertThat(world.permissions
                        .sharesOf(ADMIN, RecipientName.of("acme"), all)
                        .items())
                .containsExactly(PARTNERS);
        assertFails(FailureKind.NOT_FOUND, () -> world.grant("partners", "nobody"));
    }

    private List<String> granted(World.Reader reader) {
        return world
                .listing
                .shares(reader.recipient(), PageRequest.ofProtocol(Optional.empty(), Optional.empty()))
                .items()
                .stream()
                .map(share -> share.name().value())
                .toList();
    }

    private void patch(SharePatch.ObjectChange... changes) {
        world.shares.update(ADMIN, PARTNERS, SharePatch.of(changes));
    }

    private List<String> names() {
        return world.shares.get(ADMIN, PARTNERS).objects().stream()
                .map(object -> object.object().sharedAs().toString())
                .toList();
    }

    private static void assertFails(FailureKind kind, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
