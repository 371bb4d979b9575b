package io.sluice.lake.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.lake.store.LocalObjectStore;
import io.sluice.lake.store.MeteredStore;
import io.sluice.lake.store.StoreTraffic;
import io.sluice.lake.table.Column;
import io.sluice.lake.table.ColumnType;
import io.sluice.lake.table.DataFile;
import io.sluice.lake.table.TableRow;
import io.sluice.lake.table.TableSchema;
import io.sluice.lake.table.TableSnapshot;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an Iceberg table looks like as a log: versions, files with their partitions and statistics, and what it costs. */
final class IcebergLogTest {
    private static final TableSchema SCHEMA = TableSchema.of(
            Column.required("id", ColumnType.LONG),
            Column.of("day", ColumnType.DATE),
            Column.of("price", ColumnType.decimal(10, 2)),
            Column.of("weight", ColumnType.DOUBLE),
            Column.of("at", ColumnType.TIMESTAMP),
            Column.of("text", ColumnType.STRING));

    private static final LocalDate DAY = LocalDate.of(2026, 3, 1);

    @TempDir
    Path folder;

    private MeteredStore store;
    private IcebergAuthor author;
    private IcebergLog log;

    @BeforeEach
    void open() throws IOException {
        store = new MeteredStore(LocalObjectStore.at(folder.resolve("a table")));
        author = IcebergAuthor.at(store, SCHEMA);
        log = IcebergLog.at(store);
    }

    @Test
    void anEmptyTableIsVersion0() throws IOException {
        author.create(List.of());
        TableSnapshot empty = log.snapshot();
        assertThat(empty.version()).isZero();
        assertThat(empty.files()).isEmpty();
        assertThat(log.latestVersion(-1)).isZero();
    }

    @Test
    void aFileIsToldWithItsPartitionAndStatistics() throws IOException {
        author.create(List.of("day"));
        author.append(List.of(
                row(1, DAY, "1.50", 0.5, "2026-03-01T10:00:00.123456Z", "a"),
                row(2, DAY, "12.25", null, "2026-03-01T10:00:00.123457Z", null)));
        TableSnapshot table = log.snapshot();

        assertThat(table.version()).isEqualTo(1);
        assertThat(table.partitionColumns()).containsExactly("day");
        assertThat(table.readerFeaturesInUse()).isEmpty();
        assertThat(table.metadata().path("schemaString").asText())
                .contains("{\"name\":\"id\",\"type\":\"long\",\"nullable\":false,\"metadata\":{}}")
                .contains("\"decimal(10,2)\"", "\"timestamp\"", "\"date\"");
        DataFile file = table.files().get(0);
        assertThat(file.path()).startsWith("data/day=2026-03-01/");
        assertThat(file.size()).isEqualTo(Files.size(folder.resolve("a table").resolve(file.path())));
        assertThat(file.partitionValues().byColumn()).isEqualTo(Map.of("day", "2026-03-01"));
        assertThat(file.add().path("stats").asText()).isEqualTo("""
                {"numRecords":2,\
                "minValues":{"id":1,"price":1.50,"weight":0.5,"at":"2026-03-01T10:00:00.123Z","text":"a"},\
                "maxValues":{"id":2,"price":12.25,"weight":0.5,"at":"2026-03-01T10:00:00.124Z","text":"a"},\
                "nullCount":{"id":0,"price":0,"weight":1,"at":0,"text":1}}""");
    }

    @Test
    void numbersThatAreNoneHaveNoBounds() throws IOException {
        author.create(List.of());
        author.append(List.of(row(1, DAY, "1", Double.NaN, null, null), row(2, DAY, "1", 3.0, null, null)));
        assertThat(log.snapshot().files().get(0).add().path("stats").asText())
                .contains("\"maxValues\":{\"id\":2,\"day\":\"2026-03-01\",\"price\":1.00}");
    }

    @Test
    void aPartitionWithoutValueIsNull() throws IOException {
        author.create(List.of("day"));
        author.append(List.of(row(1, null, "1", 1.0, null, null)));
        assertThat(log.snapshot().files().get(0).partitionValues().byColumn()).containsEntry("day", null);
    }

    @Test
    void oldVersionsAreReadAsTheyWere() throws IOException {
        author.create(List.of());
        for (int i = 1; i <= 3; i++) author.append(List.of(row(i, DAY, "1", 1.0, null, null)));

        assertThat(log.snapshot(2).files()).hasSize(2);
        assertThat(log.commitTimes(2, 9)).containsOnlyKeys(2L, 3L);
        assertThat(log.versionAt(Instant.now())).isEqualTo(3);
        Instant second = log.commitTimes(2, 2).get(2L);
        assertThat(log.versionFrom(second)).isLessThanOrEqualTo(2);
        assertThatThrownBy(() -> log.snapshot(4)).hasMessageContaining("its snapshots are those from 1 to 3");
        assertThatThrownBy(() -> log.versionAt(Instant.EPOCH)).hasMessageContaining("later time");
        assertThatThrownBy(() -> log.versionFrom(Instant.now().plusSeconds(60))).hasMessageContaining("earlier time");
    }

    @Test
    void nothingNewCostsOneRequest() throws IOException {
        author.create(List.of());
        author.append(List.of(row(1, DAY, "1", 1.0, null, null)));
        TableSnapshot known = log.snapshot();
        for (int i = 0; i < 2; i++) {
            StoreTraffic before = store.traffic();
            assertThat(log.newest(known)).isSameAs(known);
            assertThat(store.traffic().minus(before).requests()).isEqualTo(1);
        }
    }

    @Test
    void aNewSnapshotIsAppliedWithoutReadingTheOlderManifests() throws IOException {
        author.create(List.of("day"));
        for (int i = 1; i <= 20; i++) author.append(List.of(row(i, DAY.plusDays(i), "1", 1.0, null, null)));
        TableSnapshot known = log.snapshot();
        author.append(List.of(row(21, DAY, "1", 1.0, null, null)));
        StoreTraffic before = store.traffic();
        TableSnapshot newest = log.newest(known);

        // The metadata, its list of manifests, and the one manifest that is new.
        assertThat(store.traffic().minus(before).reads()).isEqualTo(3);
        assertThat(newest.version()).isEqualTo(21);
        assertThat(newest).isEqualTo(IcebergLog.at(store).snapshot());
    }

    @Test
    void aTableMadeAnewInTheSamePlaceIsReadAnew() throws IOException {
        author.create(List.of());
        author.append(List.of(row(1, DAY, "1", 1.0, null, null)));
        TableSnapshot known = log.snapshot();
        for (Path file : Files.list(folder.resolve("a table/metadata")).toList()) Files.delete(file);
        author.create(List.of());

        TableSnapshot fresh = IcebergLog.at(store).newest(known);
        assertThat(fresh.version()).isZero();
        assertThat(fresh.metadata().path("id")).isNotEqualTo(known.metadata().path("id"));
    }

    @Test
    void theCatalogsWordDecidesWhichMetadataIsCurrent() throws IOException {
        author.create(List.of());
        for (int i = 1; i <= 2; i++) author.append(List.of(row(i, DAY, "1", 1.0, null, null)));
        String first = store.root() + "/metadata/v2.metadata.json";
        IcebergLog told = IcebergLog.at(store, () -> Optional.of(first.replace("%20", " ")));
        assertThat(told.snapshot().version()).isEqualTo(1);
        assertThat(IcebergLog.at(store, Optional::empty).snapshot().version()).isEqualTo(2);
    }

    @Test
    void aCatalogsTableIsNotReadByGuessing() throws IOException {
        author.create(List.of());
        Path metadata = folder.resolve("a table/metadata");
        Files.move(metadata.resolve("v1.metadata.json"), metadata.resolve("00000-4f2a.metadata.json"));
        assertThatThrownBy(() -> log.snapshot()).hasMessageContaining("property metadata_location");
    }

    @Test
    void aFolderWithoutATableIsSaidToBeOne() {
        assertThatThrownBy(() -> log.snapshot()).hasMessageContaining("There is no Iceberg table at");
    }

    @Test
    void aTableIsNotMadeTwice() throws IOException {
        author.create(List.of());
        assertThatThrownBy(() -> author.create(List.of())).hasMessageContaining("already");
    }

    private static TableRow row(long id, LocalDate day, String price, Double weight, String at, String text) {
        return TableRow.of(SCHEMA, id, day, new BigDecimal(price), weight, at == null ? null : Instant.parse(at), text);
    }
}
