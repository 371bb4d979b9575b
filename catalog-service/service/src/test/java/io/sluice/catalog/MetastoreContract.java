package io.sluice.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.catalog.access.BearerToken;
import io.sluice.catalog.access.Caller;
import io.sluice.catalog.govern.Page;
import io.sluice.catalog.govern.Permissions.GrantChange;
import io.sluice.catalog.record.TokenRecord;
import io.sluice.catalog.record.UserRecord;
import io.sluice.catalog.store.AuditRow;
import io.sluice.catalog.store.StoreUrl;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import io.sluice.model.grant.Privilege;
import io.sluice.model.grant.SecurableType;
import io.sluice.model.name.EntityName;
import io.sluice.model.name.TableName;
import io.sluice.model.work.Territory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every metadata store must do. One suite; each database runs all of it. */
abstract class MetastoreContract {
    private static final TableName ORDERS = TableName.of("retail", "sales", "orders");

    private StoreUrl url;
    private World world;

    /** A store that nobody else uses. */
    abstract StoreUrl freshStore() throws Exception;

    @BeforeEach
    void foundTheMetastore() throws Exception {
        url = freshStore();
        world = World.open(url);
        world.catalog("retail");
        world.schema("retail", "sales");
    }

    @AfterEach
    void closeTheStore() {
        world.close();
    }

    @Test
    void whatWasAcknowledgedIsThereAfterARestart() {
        world.table("retail", "sales", "orders");
        Caller ann = world.user("ann@example.com");
        grant(SecurableType.TABLE, ORDERS.toString(), ann, Privilege.SELECT);
        byte[] before = world.governance.tables().get(World.ADMIN, ORDERS).body();

        world.close();
        world = World.open(url);

        assertThat(world.governance.tables().get(World.ADMIN, ORDERS).body()).isEqualTo(before);
        assertThat(world.governance
                        .permissions()
                        .get(World.ADMIN, SecurableType.TABLE, ORDERS.toString())
                        .holds(ann.name(), Privilege.SELECT))
                .isTrue();
    }

    @Test
    void readsAreAnsweredWithoutSqlAndACreateTakesAtMostSixStatements() {
        long before = world.database.statementsSent();
        world.table("retail", "sales", "orders");
        assertThat(world.database.statementsSent() - before).isLessThanOrEqualTo(6);

        before = world.database.statementsSent();
        world.governance.tables().get(World.ADMIN, ORDERS);
        world.governance.tables().list(World.ADMIN, ORDERS.schema(), Page.Request.of(null, null));
        assertThat(world.database.statementsSent()).isEqualTo(before);
    }

    @Test
    void aColdReadTakesAtMostTwoStatements() {
        world.table("retail", "sales", "orders");
        try (World cold = World.open(url)) {
            cold.governance.catalogs().list(World.ADMIN, Page.Request.of(null, null));
            long before = cold.database.statementsSent();
            cold.governance.tables().get(World.ADMIN, ORDERS);
            assertThat(cold.database.statementsSent() - before).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void aWriteThatFailsLeavesNeitherRowsNorChangesNorAudit() {
        List<AuditRow> before = world.governance.auditLog().newest(World.ADMIN, 1000);
        assertThatThrownBy(() -> world.work.write(Territory.ROOT, transaction -> {
                    transaction.audit(
                            io.sluice.model.work.AuditEntry.done("admin", "test", "halfway", java.util.Map.of()));
                    throw new IllegalStateException("halfway");
                }))
                .hasMessage("halfway");
        assertThat(world.governance.auditLog().newest(World.ADMIN, 1000)).isEqualTo(before);
    }

    @Test
    void anAuditRowTellsWhoDidWhatFromWhereAndHowItEnded() {
        world.governance.auditLog().refused("ann", "unityCatalog", Map.of("path", "/x"), "User ann may not.");

        AuditRow row = world.governance.auditLog().newest(World.ADMIN, 1).get(0);

        assertThat(row.userIdentity().email()).isEqualTo("ann");
        assertThat(row.sourceIpAddress()).isEqualTo(World.ORIGIN.sourceIpAddress());
        assertThat(row.userAgent()).isEqualTo(World.ORIGIN.userAgent());
        assertThat(row.requestId()).isEqualTo(World.ORIGIN.requestId());
        assertThat(row.requestParams()).containsExactly(Map.entry("path", "/x"));
        assertThat(row.response()).isEqualTo(new AuditRow.Outcome(403, "User ann may not.", null));
        assertThat(row.eventDate())
                .isEqualTo(Instant.ofEpochMilli(row.eventTime()).toString().substring(0, 10));
        assertThat(row.accountId())
                .isEqualTo(world.governance.principals().metastore().id());
    }

    @Test
    void aGrantAndARevokeAreSeenByTheNextRequest() {
        world.table("retail", "sales", "orders");
        Caller ann = world.user("ann@example.com");
        assertDenied(() -> world.governance.tables().get(ann, ORDERS));

        grant(SecurableType.CATALOG, "retail", ann, Privilege.USE_CATALOG);
        grant(SecurableType.SCHEMA, "retail.sales", ann, Privilege.USE_SCHEMA);
        assertDenied(() -> world.governance.tables().get(ann, ORDERS));
        grant(SecurableType.TABLE, ORDERS.toString(), ann, Privilege.SELECT);
        assertThat(world.governance.tables().get(ann, ORDERS)).isNotNull();

        world.governance
                .permissions()
                .update(
                        World.ADMIN,
                        SecurableType.CATALOG,
                        "retail",
                        List.of(new GrantChange(ann.name(), Set.of(), Set.of(Privilege.USE_CATALOG))));
        assertDenied(() -> world.governance.tables().get(ann, ORDERS));
    }

    @Test
    void aUserWhoMaySeeOneTableOfManyGetsItOnTheFirstPage() {
        for (int i = 0; i < 150; i++) world.table("retail", "sales", "t%03d".formatted(i));
        Caller ann = world.user("ann@example.com");
        grant(SecurableType.CATALOG, "retail", ann, Privilege.USE_CATALOG);
        grant(SecurableType.SCHEMA, "retail.sales", ann, Privilege.USE_SCHEMA);
        grant(SecurableType.TABLE, "retail.sales.t149", ann, Privilege.SELECT);

        Page<?> page = world.governance.tables().list(ann, ORDERS.schema(), Page.Request.of(10, null));

        assertThat(page.items()).hasSize(1);
        assertThat(page.nextToken()).isEmpty();
    }

    @Test
    void pagesFollowEachOtherWithoutGapsAlsoWhenTheNameOfTheTokenIsDropped() {
        for (int i = 0; i < 7; i++) world.table("retail", "sales", "t" + i);
        Page<?> first = world.governance.tables().list(World.ADMIN, ORDERS.schema(), Page.Request.of(3, null));
        assertThat(first.items()).hasSize(3);
        world.governance.tables().delete(World.ADMIN, TableName.of("retail", "sales", "t2"));

        Page<?> second = world.governance
                .tables()
                .list(
                        World.ADMIN,
                        ORDERS.schema(),
                        Page.Request.of(3, first.nextToken().orElseThrow()));
        Page<?> third = world.governance
                .tables()
                .list(
                        World.ADMIN,
                        ORDERS.schema(),
                        Page.Request.of(3, second.nextToken().orElseThrow()));

        assertThat(second.items()).hasSize(3);
        assertThat(third.items()).hasSize(1);
        assertThat(third.nextToken()).isEmpty();
    }

    @Test
    void aRevokedTokenIsRefusedByTheNextRequest() {
        String header = "Bearer " + world.adminToken;
        assertThat(world.governance.authenticator().authenticate(header)).isEqualTo(World.ADMIN);

        var issued = world.governance.tokens().issue(World.ADMIN, World.ADMIN.name(), "second", Duration.ofHours(1));
        world.governance.authenticator().authenticate("Bearer " + issued.token());
        world.governance.tokens().revoke(World.ADMIN, issued.record().id());

        assertThatThrownBy(() -> world.governance.authenticator().authenticate("Bearer " + issued.token()))
                .isInstanceOfSatisfying(
                        Failure.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.UNAUTHENTICATED));
        assertThatThrownBy(() -> world.governance
                        .authenticator()
                        .authenticate("Bearer " + BearerToken.random(TokenRecord.Kind.PERSONAL)))
                .isInstanceOf(Failure.class);
    }

    @Test
    void aDeletedUsersTokensDoNotReviveWithANewUserOfThatName() {
        Caller ann = world.user("ann@example.com");
        var token = world.governance.tokens().issue(World.ADMIN, ann.name(), "", Duration.ofHours(1));
        String id = world.governance.principals().me(ann).id();
        world.governance.principals().delete(World.ADMIN, id, UserRecord.Kind.PERSON);
        world.user("ann@example.com");

        assertThatThrownBy(() -> world.governance.authenticator().authenticate("Bearer " + token.token()))
                .isInstanceOf(Failure.class);
    }

    @Test
    void aCatalogWithSchemasIsDroppedOnlyByForce() {
        world.table("retail", "sales", "orders");
        EntityName retail = EntityName.of("retail");
        assertThatThrownBy(() -> world.governance.catalogs().delete(World.ADMIN, retail, false))
                .hasMessageContaining("still has schemas");
        world.governance.catalogs().delete(World.ADMIN, retail, true);

        assertThatThrownBy(() -> world.governance.tables().get(World.ADMIN, ORDERS))
                .isInstanceOfSatisfying(
                        Failure.class, e -> assertThat(e.subject()).isEqualTo(Failure.Subject.CATALOG));
        world.catalog("retail");
        assertThat(world.governance
                        .schemas()
                        .list(World.ADMIN, retail, Page.Request.of(null, null))
                        .items())
                .isEmpty();
    }

    @Test
    void aPodThatDoesNotOwnTheRootSeesWhatTheOwnerWrote() {
        // A second pod on the same store, which owns nothing: revoked tokens and grants must not live on in it.
        try (World follower = World.open(url, new OwnsNothing())) {
            assertThat(follower.governance.authenticator().authenticate("Bearer " + world.adminToken))
                    .isEqualTo(World.ADMIN);
            var issued =
                    world.governance.tokens().issue(World.ADMIN, World.ADMIN.name(), "second", Duration.ofHours(1));
            follower.governance.authenticator().authenticate("Bearer " + issued.token());

            world.governance.tokens().revoke(World.ADMIN, issued.record().id());

            assertThatThrownBy(() -> follower.governance.authenticator().authenticate("Bearer " + issued.token()))
                    .isInstanceOf(Failure.class);
            assertThatThrownBy(() -> follower.governance.tables().get(World.ADMIN, ORDERS))
                    .isInstanceOf(WrongPodException.class);
        }
    }

    @Test
    void aPodThatWasAwayForLongerThanChangesAreKeptReadsAnew() {
        try (World follower = World.open(url, new OwnsNothing())) {
            follower.governance.authenticator().authenticate("Bearer " + world.adminToken);
            var missed = world.governance.tokens().issue(World.ADMIN, World.ADMIN.name(), "", Duration.ofDays(30));
            world.clock.pass(Duration.ofDays(2));
            assertThat(world.governance.history().trimChanges()).isGreaterThanOrEqualTo(1);
            assertThat(world.governance.history().trimChanges()).isZero();
            world.user("ann@example.com");

            assertThat(follower.governance.authenticator().authenticate("Bearer " + missed.token()))
                    .isEqualTo(World.ADMIN);
            assertThat(follower.governance.principals().isUser("ann@example.com"))
                    .isTrue();
        }
    }

    @Test
    void theAuditLogGoesBackForItsTimeOnly() {
        world.clock.pass(World.AUDIT_KEPT.minusDays(1));
        assertThat(world.governance.history().trimAudit()).isZero();
        world.user("ann@example.com");
        world.clock.pass(Duration.ofDays(2));
        assertThat(world.governance.history().trimAudit()).isPositive();
        assertThat(world.governance.auditLog().newest(World.ADMIN, 100))
                .extracting(AuditRow::actionName)
                .containsExactly("add");
    }

    private void grant(SecurableType type, String name, Caller user, Privilege privilege) {
        world.governance
                .permissions()
                .update(World.ADMIN, type, name, List.of(new GrantChange(user.name(), Set.of(privilege), Set.of())));
    }

    private static void assertDenied(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.DENIED));
    }
}
