package io.sluice.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.catalog.access.Caller;
import io.sluice.catalog.commits.DeltaProtocol;
import io.sluice.catalog.commits.ManagedContract;
import io.sluice.catalog.commits.NewDelta;
import io.sluice.catalog.commits.SnapshotVersion;
import io.sluice.catalog.commits.StagedCommit;
import io.sluice.catalog.commits.TableChange;
import io.sluice.catalog.commits.TableChange.SetComment;
import io.sluice.catalog.commits.TableUpdate;
import io.sluice.catalog.govern.Catalogs.NewCatalog;
import io.sluice.catalog.govern.DeltaTables;
import io.sluice.catalog.govern.DeltaTables.Loaded;
import io.sluice.catalog.govern.Permissions.GrantChange;
import io.sluice.catalog.govern.Tables.NewTable;
import io.sluice.catalog.record.StagingRecord;
import io.sluice.catalog.record.TableRecord;
import io.sluice.catalog.record.TableRecord.TableType;
import io.sluice.catalog.store.StoreUrl;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables that are changed together with their commits. The clock stands still: nothing may hang on it. */
abstract class DeltaTablesContract {
    private static final TableName EVENTS = TableName.of("retail", "sales", "events");

    private StoreUrl store;
    private World world;
    private DeltaTables tables;

    /** A store that nobody else uses. */
    abstract StoreUrl freshStore() throws Exception;

    @BeforeEach
    void foundTheMetastore() throws Exception {
        store = freshStore();
        world = World.open(store);
        world.clock.stand();
        tables = world.governance.deltaTables();
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
    void aNewTableIsAtVersionZeroAndShowsItsProtocol() {
        Loaded made = managed();
        assertThat(made.versions().orElseThrow().latestVersion()).isZero();
        assertThat(made.versions().orElseThrow().commits()).isEmpty();
        assertThat(SnapshotVersion.of(made.table())).contains(new SnapshotVersion(0, 500));
        assertThat(made.table().properties()).containsEntry("delta.feature.catalogManaged", "supported");
        assertThat(tables.load(World.ADMIN, EVENTS)).isEqualTo(made);
    }

    @Test
    void anIcebergTableIsRegisteredWhereItIsAndNoneOfDeltas() {
        NewTable iceberg = ofFormat("ICEBERG", TableType.EXTERNAL);
        assertThat(world.governance
                        .tables()
                        .create(World.ADMIN, iceberg)
                        .table()
                        .format())
                .isEqualTo("ICEBERG");
        String id = world.governance.tables().find(EVENTS).orElseThrow().table().id();
        assertUnsupported("has the format ICEBERG", () -> tables.load(World.ADMIN, EVENTS));
        TableUpdate update = new TableUpdate(null, null, null, List.of(new SetComment("x")));
        assertUnsupported("has the format ICEBERG", () -> tables.update(World.ADMIN, EVENTS, id, update));
    }

    @Test
    void otherFormatsAreRefusedAndSoIsAManagedTableOfIcebergs() {
        assertUnsupported("The format CSV is not served", () -> create("CSV", TableType.EXTERNAL));
        assertUnsupported("Register the Iceberg table", () -> create("ICEBERG", TableType.MANAGED));
    }

    private void create(String format, TableType type) {
        world.governance.tables().create(World.ADMIN, ofFormat(format, type));
    }

    private static NewTable ofFormat(String format, TableType type) {
        NewTable delta = World.newTableAt(EVENTS, "file:///lake/elsewhere/events");
        return new NewTable(
                delta.catalogName(),
                delta.schemaName(),
                delta.name(),
                type,
                format,
                delta.columns(),
                delta.storageLocation(),
                null,
                delta.properties());
    }

    private static void assertUnsupported(String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(FailureKind.UNSUPPORTED))
                .hasMessageContaining(message);
    }

    @Test
    void anEtagIsGoodForOneChangeHoweverSoonTheNextOneComes() {
        TableRecord table = managed().table();
        String etag = TableUpdate.etagOf(table);
        TableUpdate update = new TableUpdate(etag, null, null, List.of(new SetComment("first")));
        TableRecord next = update(table, update).table();
        assertThat(next.stamp()).isEqualTo(table.stamp());
        assertThat(TableUpdate.etagOf(next)).isNotEqualTo(etag);
        assertConflict(Subject.UPDATE_REQUIREMENT, () -> update(table, update));
    }

    @Test
    void ofEightWritersWithOneEtagExactlyOneWins() throws Exception {
        TableRecord table = managed().table();
        List<TableUpdate> updates = new ArrayList<>();
        for (int i = 0; i < 8; i++)
            updates.add(new TableUpdate(TableUpdate.etagOf(table), null, null, List.of(new SetComment("writer " + i))));
        List<String> told = inParallel(updates, table);
        assertThat(told).filteredOn("won"::equals).hasSize(1);
        assertThat(told).filteredOn(outcome -> !outcome.equals("won")).containsOnly("CONFLICT");
    }

    @Test
    void aCommitIsRepeatedWithoutEffectWhateverHappenedSinceItsAnswerWasLost() {
        TableRecord table = managed().table();
        TableUpdate lost = new TableUpdate(
                TableUpdate.etagOf(table), staged(1, "a"), null, List.of(new SetComment("of the first")));
        update(table, lost);
        update(table, commit(2, "b", new SetComment("of the second")));
        update(table, backfill(2));
        update(table, commit(3, "c"));

        Loaded answer = update(table, lost);

        assertThat(answer.table().comment()).isEqualTo("of the second");
        assertThat(answer.versions().orElseThrow().latestVersion()).isEqualTo(3);
        assertThat(files(answer)).containsExactly("c");
    }

    @Test
    void anotherFileForATakenVersionChangesNothingOfTheTable() {
        TableRecord table = managed().table();
        update(table, commit(1, "a", new SetComment("of the winner")));
        assertConflict(Subject.COMMIT_VERSION, () -> update(table, commit(1, "b", new SetComment("of the loser"))));
        assertThat(tables.load(World.ADMIN, EVENTS).table().comment()).isEqualTo("of the winner");
    }

    @Test
    void aCommitWhoseMetadataIsRefusedIsNotTaken() {
        TableRecord table = managed().table();
        TableChange foreign = new TableChange.SetProperties(Map.of(ManagedContract.TABLE_ID, "another"));
        assertKind(FailureKind.INVALID, () -> update(table, commit(1, "a", foreign)));
        assertThat(update(table, commit(1, "b")).versions().orElseThrow().latestVersion())
                .isEqualTo(1);
    }

    @Test
    void backfillsMayComeInAnyOrderButNotBeforeTheirCommits() {
        TableRecord table = managed().table();
        for (int version = 1; version <= 4; version++) update(table, commit(version, "c" + version));
        assertThat(files(update(table, backfill(3)))).containsExactly("c4");
        assertThat(files(update(table, backfill(1)))).containsExactly("c4");
        assertKind(FailureKind.INVALID, () -> update(table, backfill(5)));
        assertThat(files(update(table, backfill(4)))).isEmpty();
        assertThat(tables.load(World.ADMIN, EVENTS).versions().orElseThrow().latestVersion())
                .isEqualTo(4);
    }

    @Test
    void aBackfillMakesRoomForTheCommitThatComesWithIt() {
        TableRecord table = managed().table();
        for (int version = 1; version <= 10; version++) update(table, commit(version, "c" + version));
        assertKind(FailureKind.EXHAUSTED, () -> update(table, commit(11, "c11")));
        assertThat(files(update(table, new TableUpdate(null, staged(11, "c11"), 10L, List.of()))))
                .containsExactly("c11");
    }

    @Test
    void aCommitOfRowsAloneLeavesWhatTheTableIs() {
        Loaded made = managed();
        Loaded after = update(made.table(), commit(1, "a"));
        assertThat(after.table()).isEqualTo(made.table());
        assertThat(SnapshotVersion.of(update(made.table(), commit(2, "b", new SetComment("new")))
                        .table()))
                .contains(new SnapshotVersion(2, 1_002));
    }

    @Test
    void theOlderFormOfCommitsReplacesWhatStandsInTheLogAndNoMore() {
        TableRecord table = managed().table();
        TableChange all = new TableChange.ReplaceProperties(Map.of(ManagedContract.TABLE_ID, table.id(), "k", "v"));
        world.governance.managedTables().commit(World.ADMIN, table.id(), table.location(), commit(1, "a", all));
        assertThat(tables.load(World.ADMIN, EVENTS).table().properties())
                .containsEntry("k", "v")
                .containsEntry("delta.minReaderVersion", "3")
                .containsEntry("delta.feature.catalogManaged", "supported")
                .doesNotContainKey("delta.checkpointPolicy");
    }

    @Test
    void theIdTellsATableFromAnotherOneThatTookItsName() {
        TableRecord table = managed().table();
        world.governance.tables().delete(World.ADMIN, EVENTS);
        managed();
        assertConflict(Subject.UPDATE_REQUIREMENT, () -> update(table, commit(1, "a")));
    }

    @Test
    void aRenamedTableKeepsItsIdItsCommitsAndItsGrants() {
        TableRecord table = managed().table();
        Caller ann = reader(EVENTS);
        update(table, commit(1, "a"));
        TableName next = TableName.of("retail", "sales", "occurrences");
        tables.rename(World.ADMIN, EVENTS, next);

        assertKind(FailureKind.NOT_FOUND, () -> tables.load(ann, EVENTS));
        assertThat(tables.load(ann, next).table().id()).isEqualTo(table.id());
        assertThat(files(tables.load(ann, next))).containsExactly("a");
        // As another pod has it, from the store.
        try (World other = World.open(store)) {
            assertThat(files(other.governance.deltaTables().load(ann, next))).containsExactly("a");
        }
        managed();
        assertKind(FailureKind.ALREADY_EXISTS, () -> tables.rename(World.ADMIN, EVENTS, next));
    }

    @Test
    void readersLoadWritersCommitAndOnlyOwnersRename() {
        TableRecord table = managed().table();
        Caller nobody = world.user("nobody@example.com");
        Caller ann = reader(EVENTS);
        assertKind(FailureKind.DENIED, () -> tables.load(nobody, EVENTS));
        assertThat(tables.load(ann, EVENTS).table()).isEqualTo(table);
        assertKind(FailureKind.DENIED, () -> tables.update(ann, EVENTS, table.id(), commit(1, "a")));
        grant(SecurableType.TABLE, EVENTS.toString(), ann, Privilege.MODIFY);
        tables.update(ann, EVENTS, table.id(), commit(1, "a"));
        assertKind(FailureKind.DENIED, () -> tables.rename(ann, EVENTS, TableName.of("retail", "sales", "mine")));
    }

    @Test
    void theLogOfAnExternalTableGivesOutItsVersions() {
        Loaded made = tables.create(
                World.ADMIN,
                EVENTS,
                new NewDelta(
                        TableType.EXTERNAL,
                        "file:///elsewhere/events",
                        null,
                        List.of(),
                        new DeltaProtocol(1, 2, List.of(), List.of()),
                        Map.of(),
                        null,
                        500));
        assertThat(made.versions()).isEmpty();
        assertKind(FailureKind.INVALID, () -> update(made.table(), commit(1, "a")));
        TableChange known = new TableChange.SetSnapshotVersion(new SnapshotVersion(7, 700));
        Loaded after = update(made.table(), new TableUpdate(null, null, null, List.of(known)));
        assertThat(SnapshotVersion.of(after.table())).contains(new SnapshotVersion(7, 700));
    }

    private Loaded managed() {
        StagingRecord staged = world.governance.managedTables().stage(World.ADMIN, EVENTS);
        return tables.create(
                World.ADMIN,
                EVENTS,
                new NewDelta(
                        TableType.MANAGED,
                        staged.location(),
                        null,
                        List.of(),
                        ManagedContract.REQUIRED,
                        ManagedContract.requiredProperties(staged.id()),
                        null,
                        500));
    }

    private Loaded update(TableRecord table, TableUpdate update) {
        return tables.update(World.ADMIN, EVENTS, table.id(), update);
    }

    private List<String> inParallel(List<TableUpdate> updates, TableRecord table) throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(updates.size());
        try {
            List<Future<String>> outcomes = new ArrayList<>();
            for (TableUpdate update : updates) outcomes.add(writers.submit(() -> outcome(table, update)));
            List<String> told = new ArrayList<>();
            for (Future<String> outcome : outcomes) told.add(outcome.get());
            return told;
        } finally {
            writers.shutdownNow();
        }
    }

    private String outcome(TableRecord table, TableUpdate update) {
        try {
            update(table, update);
            return "won";
        } catch (Failure e) {
            return e.kind().name();
        }
    }

    private static TableUpdate commit(long version, String file, TableChange... changes) {
        return new TableUpdate(null, staged(version, file), null, List.of(changes));
    }

    private static TableUpdate backfill(long version) {
        return new TableUpdate(null, null, version, List.of());
    }

    private static StagedCommit staged(long version, String file) {
        return new StagedCommit(version, 1_000 + version, file, 10, 1_000);
    }

    private static List<String> files(Loaded loaded) {
        return loaded.versions().orElseThrow().commits().stream()
                .map(StagedCommit::fileName)
                .toList();
    }

    private Caller reader(TableName table) {
        Caller ann = world.user("ann@example.com");
        grant(SecurableType.CATALOG, "retail", ann, Privilege.USE_CATALOG);
        grant(SecurableType.CATALOG, "retail", ann, Privilege.USE_SCHEMA);
        grant(SecurableType.TABLE, table.toString(), ann, Privilege.SELECT);
        return ann;
    }

    private void grant(SecurableType type, String name, Caller user, Privilege privilege) {
        world.governance
                .permissions()
                .update(World.ADMIN, type, name, List.of(new GrantChange(user.name(), Set.of(privilege), Set.of())));
    }

    private static void assertConflict(Subject subject, ThrowingCallable call) {
        assertFailure(FailureKind.CONFLICT, subject, call);
    }

    private static void assertKind(FailureKind kind, ThrowingCallable call) {
        assertFailure(kind, null, call);
    }

    private static void assertFailure(FailureKind kind, @Nullable Subject subject, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Failure.class, e -> {
            assertThat(e.kind()).isEqualTo(kind);
            if (subject != null) assertThat(e.subject()).isEqualTo(subject);
        });
    }
}
