package io.sluice.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.catalog.access.Caller;
import io.sluice.catalog.commits.Commits.Unbackfilled;
import io.sluice.catalog.commits.StagedCommit;
import io.sluice.catalog.commits.TableChange;
import io.sluice.catalog.commits.TableUpdate;
import io.sluice.catalog.govern.Catalogs.NewCatalog;
import io.sluice.catalog.govern.Permissions.GrantChange;
import io.sluice.catalog.govern.Tables.NewTable;
import io.sluice.catalog.record.StagingRecord;
import io.sluice.catalog.record.TableRecord;
import io.sluice.catalog.record.TableRecord.TableType;
import io.sluice.catalog.store.StoreUrl;
import io.sluice.catalog.vending.Access;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.Failure.Subject;
import io.sluice.model.failure.FailureKind;
import io.sluice.model.grant.Privilege;
import io.sluice.model.grant.SecurableType;
import io.sluice.model.name.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables whose places and versions the catalog gives out. */
abstract class ManagedTablesContract {
    private static final TableName EVENTS = TableName.of("retail", "sales", "events");

    private World world;

    /** A store that nobody else uses. */
    abstract StoreUrl freshStore() throws Exception;

    @BeforeEach
    void foundTheMetastore() throws Exception {
        world = World.open(freshStore());
        world.governance
                .catalogs()
                .create(World.ADMIN, new NewCatalog("retail", null, Map.of(), "file:///lake/retail", null));
        world.schema("retail", "sales");
    }

    @AfterEach
    void closeTheStore() {
        world.close();
    }

    @Test
    void aTableTakesOverTheIdAndThePlaceOfItsStagingTable() {
        StagingRecord staged = world.governance.managedTables().stage(World.ADMIN, EVENTS);
        assertThat(staged.location()).isEqualTo("file:///lake/retail/__unitystorage/tables/" + staged.id());

        TableRecord made = create(World.ADMIN, staged.location());

        assertThat(made.id()).isEqualTo(staged.id());
        assertThat(made.tableType()).isEqualTo(TableType.MANAGED);
    }

    @Test
    void aPlaceIsGivenToItsCallerForOneTableAndOnce() {
        Caller ann = world.user("ann@example.com");
        grant(SecurableType.CATALOG, "retail", ann, Privilege.ALL_PRIVILEGES);
        StagingRecord staged = world.governance.managedTables().stage(World.ADMIN, EVENTS);
        assertKind(FailureKind.INVALID, () -> create(ann, staged.location()));
        create(World.ADMIN, staged.location());
        world.governance.tables().delete(World.ADMIN, EVENTS);
        assertKind(FailureKind.INVALID, () -> create(World.ADMIN, staged.location()));
    }

    @Test
    void nobodyRegistersAFolderOfTheirOwnInManagedStorage() {
        StagingRecord staged = world.governance.managedTables().stage(World.ADMIN, EVENTS);
        create(World.ADMIN, staged.location());
        assertKind(FailureKind.INVALID, () -> external("file:///lake/retail/__unitystorage/tables/other"));
        assertKind(FailureKind.INVALID, () -> external(staged.location() + "/inside"));
        assertKind(FailureKind.INVALID, () -> external("file:///lake/retail"));
    }

    @Test
    void onlyWhoeverAskedForAPlaceGetsCredentialsToIt() {
        Caller ann = world.user("ann@example.com");
        grant(SecurableType.CATALOG, "retail", ann, Privilege.ALL_PRIVILEGES);
        StagingRecord staged = world.governance.managedTables().stage(ann, EVENTS);
        assertThat(world.governance
                        .vending()
                        .forTable(ann, staged.id(), Access.READ_WRITE)
                        .location())
                .isEqualTo(staged.location());
        assertKind(
                FailureKind.NOT_FOUND,
                () -> world.governance.vending().forTable(World.ADMIN, staged.id(), Access.READ_WRITE));
    }

    @Test
    void versionsAreGivenOutOneAfterAnother() {
        TableRecord table = managed();
        commit(table, 1, "a");
        commit(table, 2, "b");
        assertKind(FailureKind.INVALID, () -> commit(table, 4, "d"));
        Unbackfilled found = commits(table);
        assertThat(found.latestVersion()).isEqualTo(2);
        assertThat(found.commits()).extracting(StagedCommit::fileName).containsExactly("a", "b");
    }

    @Test
    void aVersionThatIsTakenIsAConflictButTheSameCommitAgainIsNot() {
        TableRecord table = managed();
        commit(table, 1, "a");
        commit(table, 1, "a");
        assertThatThrownBy(() -> commit(table, 1, "b")).isInstanceOfSatisfying(Failure.class, e -> {
            assertThat(e.kind()).isEqualTo(FailureKind.CONFLICT);
            assertThat(e.subject()).isEqualTo(Subject.COMMIT_VERSION);
        });
        assertThat(commits(table).commits()).hasSize(1);
    }

    @Test
    void theEleventhCommitWaitsForABackfill() {
        TableRecord table = managed();
        for (int version = 1; version <= 10; version++) commit(table, version, "c" + version);
        assertKind(FailureKind.EXHAUSTED, () -> commit(table, 11, "c11"));

        backfill(table, 4);
        commit(table, 11, "c11");

        assertThat(commits(table).commits())
                .extracting(StagedCommit::version)
                .containsExactly(5L, 6L, 7L, 8L, 9L, 10L, 11L);
    }

    @Test
    void anOldBackfillNoticeThatComesLateChangesNothing() {
        TableRecord table = managed();
        for (int version = 1; version <= 3; version++) commit(table, version, "c" + version);
        backfill(table, 3);
        backfill(table, 1);
        assertThat(commits(table)).isEqualTo(new Unbackfilled(List.of(), 3));
        assertKind(FailureKind.INVALID, () -> backfill(table, 4));
        // Its writer may not have heard that it went through, however far the backfill is.
        commit(table, 3, "c3");
    }

    @Test
    void ofEightWritersOfOneVersionExactlyOneWins() throws Exception {
        TableRecord table = managed();
        commit(table, 1, "first");
        ExecutorService writers = Executors.newFixedThreadPool(8);
        try {
            List<Future<String>> outcomes = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String file = "writer-" + i;
                outcomes.add(writers.submit(() -> {
                    try {
                        commit(table, 2, file);
                        return "won";
                    } catch (Failure e) {
                        return e.kind().name();
                    }
                }));
            }
            List<String> told = new ArrayList<>();
            for (Future<String> outcome : outcomes) told.add(outcome.get());
            assertThat(told).filteredOn("won"::equals).hasSize(1);
            assertThat(told).filteredOn(outcome -> !outcome.equals("won")).containsOnly("CONFLICT");
        } finally {
            writers.shutdownNow();
        }
    }

    @Test
    void aCommitCarriesNewMetadataInTheSameTransaction() {
        TableRecord table = managed();
        world.governance
                .managedTables()
                .commit(
                        World.ADMIN,
                        table.id(),
                        table.location(),
                        update(
                                staged(1, "a"),
                                new TableChange.SetComment("told by a commit"),
                                new TableChange.ReplaceProperties(Map.of("io.unitycatalog.tableId", table.id()))));
        assertThat(world.governance.tables().get(World.ADMIN, EVENTS).table().comment())
                .isEqualTo("told by a commit");
        // Refused as a whole: neither the version nor the comment is taken.
        assertThatThrownBy(() -> world.governance
                        .managedTables()
                        .commit(
                                World.ADMIN,
                                table.id(),
                                table.location(),
                                update(staged(1, "b"), new TableChange.SetComment("of the loser"))))
                .isInstanceOf(Failure.class);
        assertThat(world.governance.tables().get(World.ADMIN, EVENTS).table().comment())
                .isEqualTo("told by a commit");
    }

    @Test
    void readersReadAndOnlyWritersCommit() {
        TableRecord table = managed();
        Caller ann = world.user("ann@example.com");
        grant(SecurableType.CATALOG, "retail", ann, Privilege.USE_CATALOG);
        grant(SecurableType.CATALOG, "retail", ann, Privilege.USE_SCHEMA);
        grant(SecurableType.TABLE, EVENTS.toString(), ann, Privilege.SELECT);
        assertThat(world.governance
                        .managedTables()
                        .commits(ann, table.id(), table.location(), 0, Long.MAX_VALUE)
                        .latestVersion())
                .isEqualTo(0);
        assertKind(
                FailureKind.DENIED,
                () -> world.governance
                        .managedTables()
                        .commit(ann, table.id(), table.location(), update(staged(1, "a"))));
    }

    private TableRecord managed() {
        return create(
                World.ADMIN,
                world.governance.managedTables().stage(World.ADMIN, EVENTS).location());
    }

    private TableRecord create(Caller caller, String location) {
        return world.governance
                .tables()
                .create(
                        caller,
                        new NewTable(
                                "retail",
                                "sales",
                                "events",
                                TableType.MANAGED,
                                "DELTA",
                                List.of(),
                                location,
                                null,
                                Map.of()))
                .table();
    }

    private void external(String location) {
        world.governance
                .tables()
                .create(
                        World.ADMIN,
                        new NewTable(
                                "retail",
                                "sales",
                                "mine",
                                TableType.EXTERNAL,
                                "DELTA",
                                List.of(),
                                location,
                                null,
                                Map.of()));
    }

    private void commit(TableRecord table, long version, String file) {
        world.governance
                .managedTables()
                .commit(World.ADMIN, table.id(), table.location(), update(staged(version, file)));
    }

    private void backfill(TableRecord table, long version) {
        TableUpdate update = new TableUpdate(null, null, version, List.of());
        world.governance.managedTables().commit(World.ADMIN, table.id(), table.location(), update);
    }

    private Unbackfilled commits(TableRecord table) {
        return world.governance.managedTables().commits(World.ADMIN, table.id(), table.location(), 0, Long.MAX_VALUE);
    }

    private static TableUpdate update(StagedCommit commit, TableChange... changes) {
        return new TableUpdate(null, commit, null, List.of(changes));
    }

    private static StagedCommit staged(long version, String file) {
        return new StagedCommit(version, 1_000 + version, file, 10, 1_000);
    }

    private void grant(SecurableType type, String name, Caller user, Privilege privilege) {
        world.governance
                .permissions()
                .update(World.ADMIN, type, name, List.of(new GrantChange(user.name(), Set.of(privilege), Set.of())));
    }

    private static void assertKind(FailureKind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }
}
