package io.sluice.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.catalog.access.BearerToken;
import io.sluice.catalog.access.Caller;
import io.sluice.catalog.govern.Assets;
import io.sluice.catalog.govern.Catalogs;
import io.sluice.catalog.govern.Page;
import io.sluice.catalog.govern.Permissions.GrantChange;
import io.sluice.catalog.govern.Schemas;
import io.sluice.catalog.govern.Tables;
import io.sluice.catalog.govern.Volumes.VolumeType;
import io.sluice.catalog.record.TokenRecord;
import io.sluice.catalog.record.UserRecord;
import io.sluice.catalog.snapshot.TableNode;
import io.sluice.catalog.store.AuditRow;
import io.sluice.catalog.store.StoreUrl;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import io.sluice.model.grant.Privilege;
import io.sluice.model.grant.SecurableType;
import io.sluice.model.name.EntityName;
import io.sluice.model.name.SchemaName;
import io.sluice.model.name.TableName;
import io.sluice.model.work.Territory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
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
    void eightRacingCreatesOfOneNameHaveOneWinner() throws Exception {
        ExecutorService racers = Executors.newFixedThreadPool(8);
        try {
            Callable<FailureKind> create = () -> {
                try {
                    world.table("retail", "sales", "orders");
                    return null;
                } catch (Failure e) {
                    return e.kind();
                }
            };
            List<FailureKind> outcomes = new ArrayList<>();
            for (Future<FailureKind> racer :
                    racers.invokeAll(IntStream.range(0, 8).mapToObj(i -> create).toList())) outcomes.add(racer.get());

            assertThat(outcomes).containsOnlyOnce((FailureKind) null);
            assertThat(outcomes.stream().filter(k -> k != null)).hasSize(7).containsOnly(FailureKind.ALREADY_EXISTS);
            assertThat(world.governance.tables().get(World.ADMIN, ORDERS)).isNotNull();
        } finally {
            racers.shutdownNow();
        }
    }

    @Test
    void theSequenceOfACatalogHasNoGapsHoweverManyWritersThereAre() throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Object>> creates = IntStream.range(0, 40)
                    .mapToObj(i -> (Callable<Object>) () -> {
                        world.table("retail", "sales", "t" + i);
                        return null;
                    })
                    .toList();
            for (Future<Object> write : writers.invokeAll(creates)) write.get();
        } finally {
            writers.shutdownNow();
        }
        // One schema and forty tables, each with the next number.
        List<Long> numbers = world.work.read(connection -> {
            List<Long> found = new ArrayList<>();
            try (var rows = connection
                    .createStatement()
                    .executeQuery("SELECT sequence FROM change_log WHERE log <> 'root' ORDER BY sequence")) {
                while (rows.next()) found.add(rows.getLong(1));
            }
            return found;
        });
        assertThat(numbers)
                .isEqualTo(IntStream.rangeClosed(1, 41).mapToObj(i -> (long) i).toList());
        assertThat(tableNames()).hasSize(40);
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

    private List<String> tableNames() {
        return world
                .governance
                .tables()
                .list(
                        World.ADMIN,
                        new SchemaName(EntityName.of("retail"), EntityName.of("sales")),
                        Page.Request.of(null, null))
                .items()
                .stream()
                .map(node -> node.table().name().toString())
                .toList();
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

    @Test
    void aRenamedSchemaTakesItsTablesGrantsAndVolumesAlong() {
        Caller ann = world.user("ann@example.com");
        world.table("retail", "sales", "orders");
        world.governance
                .volumes()
                .create(
                        World.ADMIN,
                        TableName.of("retail", "sales", "files"),
                        VolumeType.EXTERNAL,
                        "file:///files",
                        null);
        grant(SecurableType.CATALOG, "retail", ann, Privilege.USE_CATALOG);
        grant(SecurableType.SCHEMA, "retail.sales", ann, Privilege.USE_SCHEMA);
        grant(SecurableType.TABLE, "retail.sales.orders", ann, Privilege.SELECT);

        world.governance
                .schemas()
                .update(World.ADMIN, ORDERS.schema(), new Schemas.Patch("turnover", null, null, null));
        assertRenamed(world, ann, "retail", "turnover");
        try (World cold = World.open(url)) {
            assertRenamed(cold, ann, "retail", "turnover");
        }
        assertThatThrownBy(() -> world.governance.tables().get(World.ADMIN, ORDERS))
                .isInstanceOf(Failure.class);
        // The old name is free.
        world.schema("retail", "sales");
    }

    @Test
    void aRenamedCatalogTakesEverythingInItAlong() {
        Caller ann = world.user("ann@example.com");
        world.table("retail", "sales", "orders");
        world.governance
                .volumes()
                .create(
                        World.ADMIN,
                        TableName.of("retail", "sales", "files"),
                        VolumeType.EXTERNAL,
                        "file:///files",
                        null);
        grant(SecurableType.CATALOG, "retail", ann, Privilege.USE_CATALOG);
        grant(SecurableType.SCHEMA, "retail.sales", ann, Privilege.USE_SCHEMA);
        grant(SecurableType.TABLE, "retail.sales.orders", ann, Privilege.SELECT);
        world.governance.tables().get(World.ADMIN, ORDERS);

        world.governance
                .catalogs()
                .update(World.ADMIN, ORDERS.catalog(), new Catalogs.Patch("trade", null, null, null));
        assertRenamed(world, ann, "trade", "sales");
        world.table("trade", "sales", "returns");
        world.governance
                .tables()
                .update(World.ADMIN, TableName.of("trade", "sales", "orders"), new Tables.Patch("new", null, null));
        try (World cold = World.open(url)) {
            assertRenamed(cold, ann, "trade", "sales");
        }
        world.catalog("retail");
        assertThat(world.governance
                        .schemas()
                        .list(World.ADMIN, ORDERS.catalog(), Page.Request.of(null, null))
                        .items())
                .isEmpty();
    }

    @Test
    void nothingIsRenamedToANameThatIsTaken() {
        world.catalog("trade");
        world.schema("retail", "turnover");
        assertThatThrownBy(() -> world.governance
                        .catalogs()
                        .update(World.ADMIN, ORDERS.catalog(), new Catalogs.Patch("trade", null, null, null)))
                .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.ALREADY_EXISTS));
        assertThatThrownBy(() -> world.governance
                        .schemas()
                        .update(World.ADMIN, ORDERS.schema(), new Schemas.Patch("turnover", null, null, null)))
                .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.ALREADY_EXISTS));
    }

    @Test
    void grantsGivenAtTheSameMomentAreAllRemembered() throws Exception {
        world.table("retail", "sales", "orders");
        List<Caller> users = IntStream.range(0, 8)
                .mapToObj(i -> world.user("u" + i + "@example.com"))
                .toList();
        atOnce(users.stream()
                .map(user -> (Callable<Void>) () -> {
                    for (int i = 0; i < 6; i++) {
                        grant(SecurableType.TABLE, ORDERS.toString(), user, Privilege.SELECT);
                        grant(SecurableType.TABLE, ORDERS.toString(), user, Privilege.MODIFY);
                        world.governance
                                .permissions()
                                .update(
                                        World.ADMIN,
                                        SecurableType.TABLE,
                                        ORDERS.toString(),
                                        List.of(new GrantChange(user.name(), Set.of(), Set.of(Privilege.MODIFY))));
                    }
                    return null;
                })
                .toList());

        Map<String, Set<Privilege>> inMemory =
                world.governance.tables().get(World.ADMIN, ORDERS).grants().byPrincipal();
        assertThat(inMemory)
                .hasSize(8)
                .allSatisfy((user, held) -> assertThat(held).containsOnly(Privilege.SELECT));
        try (World cold = World.open(url)) {
            assertThat(cold.governance
                            .tables()
                            .get(World.ADMIN, ORDERS)
                            .grants()
                            .byPrincipal())
                    .isEqualTo(inMemory);
        }
    }

    @Test
    void tablesMadeWhileTheirSchemaIsRenamedAreSeenByAllAlike() throws Exception {
        List<Callable<Void>> work = new ArrayList<>();
        for (int writer = 0; writer < 3; writer++) {
            String prefix = "w" + writer + "_";
            work.add(() -> {
                for (int i = 0; i < 20; i++)
                    for (String schema : List.of("sales", "turnover")) makeIfThere(schema, prefix + schema + i);
                return null;
            });
        }
        work.add(() -> {
            for (int i = 0; i < 10; i++) {
                SchemaName from = SchemaName.of("retail", i % 2 == 0 ? "sales" : "turnover");
                String to = i % 2 == 0 ? "turnover" : "sales";
                world.governance.schemas().update(World.ADMIN, from, new Schemas.Patch(to, null, null, null));
            }
            return null;
        });
        atOnce(work);

        try (World cold = World.open(url)) {
            assertThat(namesIn(world)).isNotEmpty().isEqualTo(namesIn(cold));
        }
    }

    private void makeIfThere(String schema, String table) {
        try {
            world.table("retail", schema, table);
        } catch (Failure e) {
            assertThat(e.kind()).isIn(FailureKind.NOT_FOUND, FailureKind.UNAVAILABLE, FailureKind.CONFLICT);
        }
    }

    private static List<String> namesIn(World where) {
        List<String> names = new ArrayList<>();
        Page<TableNode> page = null;
        do {
            page = where.governance
                    .tables()
                    .list(
                            World.ADMIN,
                            ORDERS.schema(),
                            Page.Request.of(
                                    100, page == null ? null : page.nextToken().orElse(null)));
            page.items().forEach(node -> names.add(node.table().name().toString()));
        } while (page.nextToken().isPresent());
        return names;
    }

    private static void atOnce(List<Callable<Void>> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(work.size());
        try {
            for (Future<Void> done : threads.invokeAll(work)) done.get();
        } finally {
            threads.shutdownNow();
        }
    }

    private void assertRenamed(World where, Caller ann, String catalog, String schema) {
        TableName table = TableName.of(catalog, schema, "orders");
        var node = where.governance.tables().get(ann, table);
        assertThat(node.table().name()).isEqualTo(table);
        assertThat(where.governance.tables().nameOf(node.table().id())).isEqualTo(table);
        assertThat(where.governance
                        .tables()
                        .list(ann, table.schema(), Page.Request.of(null, null))
                        .items())
                .hasSize(1);
        var volume = where.governance
                .assets()
                .get(World.ADMIN, Assets.Key.parse(SecurableType.VOLUME, catalog + "." + schema + ".files"));
        assertThat(new String(volume.body(), StandardCharsets.UTF_8)).contains(catalog + "." + schema + ".files");
    }
}
