package io.sluice.replica.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.delta.standalone.Snapshot;
import io.delta.standalone.data.CloseableIterator;
import io.delta.standalone.data.RowRecord;
import io.sluice.lake.delta.DeltaLog;
import io.sluice.lake.delta.DeltaLogWriter;
import io.sluice.lake.delta.DemoTable;
import io.sluice.lake.delta.TableAuthor;
import io.sluice.lake.delta.TableReader;
import io.sluice.lake.store.StoreTraffic;
import io.sluice.lake.table.Column;
import io.sluice.lake.table.ColumnType;
import io.sluice.lake.table.TableRow;
import io.sluice.lake.table.TableSchema;
import io.sluice.lake.table.TableSnapshot;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import io.sluice.replica.plan.SyncPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Syncs between two folders that go well. */
class FollowsItsSourceTest {
    private static final TableSchema PARTITIONED =
            TableSchema.of(Column.of("country", ColumnType.STRING), Column.required("n", ColumnType.LONG));

    @TempDir
    Path folder;

    private World world;

    @BeforeEach
    void open() throws IOException {
        world = World.in(folder);
    }

    @Test
    void theFirstSyncCopiesTheWholeTable() throws IOException {
        DemoTable.plain(world.sourceTable);

        SyncReport report = world.sync();

        TableSnapshot source = DeltaLog.at(world.sourceTable).snapshot();
        assertEqualContent();
        assertThat(report.copied()).isEqualTo(source.files().size());
        assertThat(report.receipt().logical().bytes()).isEqualTo(source.bytes());
        assertThat(report.receipt().fromVersion()).isEqualTo(-1);
        assertThat(report.receipt().toVersion()).isEqualTo(1);
    }

    @Test
    void anIncrementMovesOnlyWhatIsNew() throws IOException {
        TableAuthor author = DemoTable.plain(world.sourceTable);
        world.sync();
        author.append(DemoTable.rows(100, 110));
        author.append(DemoTable.rows(110, 120));

        SyncReport report = world.sync();

        assertEqualContent();
        assertThat(report.targetVersion())
                .as("both source versions in one commit")
                .isEqualTo(1);
        assertThat(report.copied()).isEqualTo(2);
        assertThat(report.receipt().fromVersion()).isEqualTo(1);
        assertThat(report.receipt().toVersion()).isEqualTo(3);
    }

    @Test
    void aNewDeletionVectorCostsOnlyTheVector() throws IOException {
        TableAuthor author = DemoTable.withVectors(world.sourceTable);
        world.sync();
        author.deleteWhere(row -> (long) row.get("n") % 7 == 0);
        assertEqualContentAfterSyncMovingFewerThan(2_000);

        author.deleteWhere(row -> (long) row.get("n") % 5 == 0);
        assertEqualContentAfterSyncMovingFewerThan(2_000);
    }

    @Test
    void aFileThatLosesItsLastRowLeavesTheReplica() throws IOException {
        TableAuthor author = DemoTable.withVectors(world.sourceTable);
        author.append(DemoTable.rows(100, 110));
        world.sync();
        author.deleteWhere(row -> (long) row.get("n") >= 100);

        SyncReport report = world.sync();

        assertEqualContent();
        assertThat(report.removed()).isEqualTo(1);
        assertThat(report.copied()).isZero();
    }

    @Test
    void partitionsWithOddNamesKeepTheirPaths() throws IOException {
        TableAuthor author = TableAuthor.at(world.sourceTable);
        author.create(PARTITIONED, List.of("country"), Map.of());
        author.append(List.of(
                TableRow.of(PARTITIONED, "a b/c%d=e", 1L),
                TableRow.of(PARTITIONED, "österreich", 2L),
                TableRow.of(PARTITIONED, null, 3L)));

        world.sync();

        assertEqualContent();
    }

    @Test
    void withNothingNewOneRequestIsEnoughAndNoByteMoves() throws IOException {
        DemoTable.plain(world.sourceTable);
        world.sync();
        StoreTraffic source = world.source.traffic();
        StoreTraffic target = world.target.traffic();

        assertThat(world.runner().run(world.replica)).isEqualTo(new SyncOutcome.UpToDate(1));

        assertThat(requests(world.source.traffic())
                        - requests(source)
                        + requests(world.target.traffic())
                        - requests(target))
                .isLessThanOrEqualTo(2);
        assertThat(world.source.traffic().readBytes()).isEqualTo(source.readBytes());
        assertThat(world.target.traffic().writtenBytes()).isEqualTo(target.writtenBytes());
    }

    @Test
    void theReceiptsCountEveryByteThatLeftTheSource() throws IOException {
        TableAuthor author = DemoTable.withVectors(world.sourceTable);
        for (int i = 0; i < 4; i++) {
            world.sync();
            author.append(DemoTable.rows(1_000 * i, 1_000 * i + 50));
            author.deleteWhere(row -> (long) row.get("n") % 11 == 3);
        }
        world.sync();

        assertThat(world.ledgerWire()).isEqualTo(world.source.traffic().readBytes());
        assertThat(world.ledgerLogical()).isLessThan(world.ledgerWire());
    }

    @Test
    void theCommitSpeaksTheLanguageOfClone() throws IOException {
        DemoTable.plain(world.sourceTable);
        SyncReport report = world.sync();

        List<ObjectNode> actions =
                DeltaLog.at(world.targetTable).changes(0, 0).get(0).actions();
        JsonNode info = actions.get(0).path("commitInfo");
        assertThat(info.path("operation").asText()).isEqualTo("CLONE");
        assertThat(info.path("operationParameters").path("sourceVersion").asText())
                .isEqualTo("1");
        assertThat(info.path("operationMetrics").path("numCopiedFiles").asText())
                .isEqualTo("1");
        assertThat(info.path("operationMetrics").path("copiedFilesSize").asText())
                .isEqualTo(Long.toString(report.receipt().logical().bytes()));
        assertThat(actions.get(1).path("txn").path("appId").asText()).isEqualTo(world.replica.id());
        assertThat(actions.get(1).path("txn").path("version").asLong()).isEqualTo(1);
    }

    @Test
    void theReplicaHasAnIdOfItsOwnAndTheSchemaOfItsSource() throws IOException {
        DemoTable.plain(world.sourceTable);
        world.sync();

        JsonNode source = DeltaLog.at(world.sourceTable).snapshot().metadata();
        JsonNode replica = DeltaLog.at(world.targetTable).snapshot().metadata();
        assertThat(replica.path("schemaString")).isEqualTo(source.path("schemaString"));
        assertThat(replica.path("id").asText()).isNotEqualTo(source.path("id").asText());
    }

    @Test
    void aChangedSchemaIsFollowedAndTheIdStays() throws IOException {
        DemoTable.plain(world.sourceTable);
        world.sync();
        String id =
                DeltaLog.at(world.targetTable).snapshot().metadata().path("id").asText();
        ObjectNode metadata =
                DeltaLog.at(world.sourceTable).snapshot().metadata().deepCopy();
        metadata.put("schemaString", metadata.path("schemaString").asText().replace("\"text\"", "\"remark\""));
        DeltaLogWriter.at(world.sourceTable)
                .commit(2, List.of(metadata.objectNode().set("metaData", metadata)));

        world.sync();

        JsonNode replica = DeltaLog.at(world.targetTable).snapshot().metadata();
        assertThat(replica.path("schemaString").asText()).contains("remark");
        assertThat(replica.path("id").asText()).isEqualTo(id);
    }

    @Test
    void anIndependentReaderSeesTheSameRowsAndCheckpoints() throws IOException {
        world.settings = new SyncSettings(4, World.bytes(1), 2, SyncSettings.Proof.READ_BACK);
        TableAuthor author = DemoTable.plain(world.sourceTable);
        for (int i = 1; i <= 4; i++) {
            world.sync();
            author.append(DemoTable.rows(100 * i, 100 * i + 10));
        }
        world.sync();

        assertThat(world.targetTable.head("_delta_log/_last_checkpoint")).isPresent();
        assertThat(numbersByStandalone()).isEqualTo(numbers());
    }

    @Test
    void planningTellsBytesAndMoneyAndChangesNothing() throws IOException {
        DemoTable.plain(world.sourceTable);
        var inspector = new ReplicaInspector(new SyncPorts(world, world.journal, World.NINE_CENTS, world), world::now);

        SyncPlan plan = inspector.plan(world.replica);

        assertThat(plan.bytes().bytes())
                .isEqualTo(DeltaLog.at(world.sourceTable).snapshot().bytes());
        assertThat(plan.price()).isEqualTo(World.NINE_CENTS.of(world.replica.lane(), plan.bytes(), world.now()));
        assertThat(plan.estimate()).isPositive();
        assertThat(world.targetTable.list("", "")).isExhausted();
        assertThat(world.sync().receipt().logical()).as("it comes true").isEqualTo(plan.bytes());
        assertThat(inspector.plan(world.replica).isUpToDate()).isTrue();
    }

    @Test
    void statusTellsHowFarTheReplicaIsBehind() throws IOException {
        TableAuthor author = DemoTable.plain(world.sourceTable);
        var inspector = new ReplicaInspector(new SyncPorts(world, world.journal, World.NINE_CENTS, world), world::now);
        assertThat(inspector.status(world.replica).lastSync()).isEmpty();
        SyncReport report = world.sync();
        author.append(DemoTable.rows(100, 110));

        var status = inspector.status(world.replica);

        assertThat(status.lag()).isEqualTo(1);
        assertThat(status.replicaSourceVersion()).isEqualTo(1);
        assertThat(status.files()).isEqualTo(1);
        assertThat(status.lastSync().orElseThrow().receipt()).isEqualTo(report.receipt());
        assertThat(status.totals().logical()).isEqualTo(report.receipt().logical());
    }

    @Test
    void aTargetWithATableThatWeDidNotMakeIsLeftAlone() throws IOException {
        DemoTable.plain(world.sourceTable);
        DemoTable.plain(world.targetTable);

        assertThatThrownBy(world::sync)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(FailureKind.ALREADY_EXISTS));
    }

    @Test
    void featuresThatANetCommitWouldBreakAreRefusedNotStripped() throws IOException {
        DemoTable.plain(world.sourceTable);
        ObjectNode protocol =
                DeltaLog.at(world.sourceTable).snapshot().protocol().objectNode();
        protocol.put("minReaderVersion", 3).put("minWriterVersion", 7);
        protocol.putArray("readerFeatures");
        protocol.putArray("writerFeatures").add("rowTracking").add("domainMetadata");
        DeltaLogWriter.at(world.sourceTable)
                .commit(2, List.of(protocol.objectNode().set("protocol", protocol)));

        assertThatThrownBy(world::sync)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(FailureKind.UNSUPPORTED))
                .hasMessageContaining("rowTracking");
        assertThat(world.targetTable.list("", "")).isExhausted();
    }

    @Test
    void readerFeaturesThatTheReaderDoesNotKnowAreRefused() throws IOException {
        DemoTable.plain(world.sourceTable);
        ObjectNode protocol =
                DeltaLog.at(world.sourceTable).snapshot().protocol().objectNode();
        protocol.put("minReaderVersion", 3).put("minWriterVersion", 7);
        protocol.putArray("readerFeatures").add("timeTravelByMoonPhase");
        protocol.putArray("writerFeatures").add("timeTravelByMoonPhase");
        DeltaLogWriter.at(world.sourceTable)
                .commit(2, List.of(protocol.objectNode().set("protocol", protocol)));

        assertThatThrownBy(world::sync)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(FailureKind.UNSUPPORTED));
    }

    private void assertEqualContentAfterSyncMovingFewerThan(long bytes) throws IOException {
        SyncReport report = world.sync();
        assertEqualContent();
        assertThat(report.receipt().logical().bytes()).isPositive().isLessThan(bytes);
    }

    private void assertEqualContent() throws IOException {
        assertThat(TableReader.latest(world.targetTable).contentHash())
                .isEqualTo(TableReader.latest(world.sourceTable).contentHash());
    }

    private List<Long> numbers() throws IOException {
        List<Long> numbers = new ArrayList<>();
        TableReader.latest(world.sourceTable).visit(row -> numbers.add((Long) row.get("n")));
        return numbers.stream().sorted().toList();
    }

    private List<Long> numbersByStandalone() throws IOException {
        Snapshot snapshot = io.delta.standalone.DeltaLog.forTable(
                        new Configuration(), folder.resolve("target").toString())
                .snapshot();
        List<Long> numbers = new ArrayList<>();
        try (CloseableIterator<RowRecord> rows = snapshot.open()) {
            while (rows.hasNext()) numbers.add(rows.next().getLong("n"));
        }
        return numbers.stream().sorted().toList();
    }

    private static long requests(StoreTraffic traffic) {
        return traffic.lists() + traffic.heads() + traffic.reads() + traffic.puts() + traffic.deletes();
    }
}
