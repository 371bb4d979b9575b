package io.sluice.lake.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.lake.delta.TableReader;
import io.sluice.lake.store.LocalObjectStore;
import io.sluice.lake.store.ObjectStore;
import io.sluice.lake.table.Column;
import io.sluice.lake.table.ColumnType;
import io.sluice.lake.table.LogJson;
import io.sluice.lake.table.TableRow;
import io.sluice.lake.table.TableSchema;
import io.sluice.lake.table.TableSnapshot;
import io.sluice.model.failure.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileMetadata;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How columns are told to readers of Delta, and which tables are not told at all. */
final class IcebergSchemaTest {
    private static final TableSchema ROWS =
            TableSchema.of(Column.of("n", ColumnType.LONG), Column.of("part", ColumnType.STRING));

    @TempDir
    Path folder;

    private ObjectStore store;

    @BeforeEach
    void open() throws IOException {
        store = LocalObjectStore.at(folder);
    }

    @Test
    void everyTypeHasItsCounterpart() throws IOException {
        Types.StructType inner = Types.StructType.of(
                NestedField.optional(20, "list", Types.ListType.ofRequired(21, Types.FloatType.get())),
                NestedField.required(
                        22, "map", Types.MapType.ofOptional(23, 24, Types.StringType.get(), Types.BinaryType.get())));
        make(
                new Schema(
                        NestedField.required(1, "flag", Types.BooleanType.get(), "told"),
                        NestedField.optional(2, "small", Types.IntegerType.get()),
                        NestedField.optional(3, "inner", inner),
                        NestedField.optional(4, "local", Types.TimestampType.withoutZone())),
                Map.of());
        TableSnapshot table = IcebergLog.at(store).snapshot();

        assertThat(table.metadata().path("schemaString").asText())
                .isEqualTo("{\"type\":\"struct\",\"fields\":["
                        + "{\"name\":\"flag\",\"type\":\"boolean\",\"nullable\":false,\"metadata\":{\"comment\":\"told\"}},"
                        + "{\"name\":\"small\",\"type\":\"integer\",\"nullable\":true,\"metadata\":{}},"
                        + "{\"name\":\"inner\",\"type\":{\"type\":\"struct\",\"fields\":["
                        + "{\"name\":\"list\",\"type\":{\"type\":\"array\",\"elementType\":\"float\","
                        + "\"containsNull\":false},\"nullable\":true,\"metadata\":{}},"
                        + "{\"name\":\"map\",\"type\":{\"type\":\"map\",\"keyType\":\"string\",\"valueType\":\"binary\","
                        + "\"valueContainsNull\":true},\"nullable\":false,\"metadata\":{}}]},"
                        + "\"nullable\":true,\"metadata\":{}},"
                        + "{\"name\":\"local\",\"type\":\"timestamp_ntz\",\"nullable\":true,\"metadata\":{}}]}");
        assertThat(table.readerFeaturesInUse()).containsExactly("timestampNtz");
    }

    @Test
    void typesWithoutCounterpartAreRefused() throws IOException {
        for (Type type : List.of(Types.UUIDType.get(), Types.TimeType.get(), Types.FixedType.ofLength(3))) {
            ObjectStore place = LocalObjectStore.at(folder.resolve(type.typeId().name()));
            make(place, new Schema(NestedField.optional(1, "odd", type)), Map.of());
            assertThatThrownBy(() -> IcebergLog.at(place).snapshot())
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("Column odd")
                    .hasMessageContaining("has the type " + type);
        }
    }

    @Test
    void aRenamedColumnIsFoundByItsNumber() throws IOException {
        IcebergAuthor author = IcebergAuthor.at(store, ROWS);
        author.create(List.of("part"));
        author.append(List.of(TableRow.of(ROWS, 1L, "a")));
        BaseTable table = table();
        table.updateSchema().renameColumn("n", "number").commit();
        // A schema shows with the next snapshot.
        assertThat(IcebergLog.at(store)
                        .snapshot()
                        .metadata()
                        .path("schemaString")
                        .asText())
                .contains("\"name\":\"n\"");
        table.newAppend().commit();
        TableSnapshot renamed = IcebergLog.at(store).snapshot();

        assertThat(renamed.readerFeaturesInUse()).containsExactly("columnMapping");
        assertThat(renamed.partitionColumns()).containsExactly("part");
        assertThat(renamed.physicalPartitionColumns()).isEqualTo(Map.of("part", "field-2"));
        assertThat(renamed.files().get(0).partitionValues().byColumn()).isEqualTo(Map.of("field-2", "a"));
        JsonNode stats = LogJson.MAPPER.readTree(
                renamed.files().get(0).add().path("stats").asText());
        assertThat(stats.path("minValues").path("field-1").asLong()).isEqualTo(1);
        assertThat(TableReader.preview(store, renamed).rows(10))
                .extracting(TableRow::asMap)
                .containsExactly(Map.of("number", 1L, "part", "a"));
    }

    @Test
    void aNameThatIsGivenAwayAgainDoesNotBringOldValuesBack() throws IOException {
        IcebergAuthor author = IcebergAuthor.at(store, ROWS);
        author.create(List.of());
        author.append(List.of(TableRow.of(ROWS, 1L, "old")));
        BaseTable table = table();
        table.updateSchema().deleteColumn("part").commit();
        table.updateSchema().addColumn("part", Types.StringType.get()).commit();
        table.newAppend().commit();

        assertThat(TableReader.preview(store, IcebergLog.at(store).snapshot()).rows(10))
                .singleElement()
                .satisfies(row -> assertThat(row.get("part")).isNull());
    }

    @Test
    void aNameThatWritersSpellOtherwiseIsMapped() throws IOException {
        make(new Schema(NestedField.optional(1, "a b", Types.LongType.get())), Map.of());
        assertThat(IcebergLog.at(store).snapshot().readerFeaturesInUse()).containsExactly("columnMapping");
    }

    @Test
    void aTableThatMayKnowColumnsByNameAloneIsNotMapped() throws IOException {
        make(
                new Schema(NestedField.optional(1, "a b", Types.LongType.get())),
                Map.of(TableProperties.DEFAULT_NAME_MAPPING, "[]"));
        assertThatThrownBy(() -> IcebergLog.at(store).snapshot()).hasMessageContaining("by name alone");
    }

    @Test
    void computedPartitionsAreNone() throws IOException {
        Schema schema = new Schema(NestedField.optional(1, "n", Types.LongType.get()));
        new NumberedOperations(store)
                .commit(
                        null,
                        TableMetadata.newTableMetadata(
                                schema,
                                PartitionSpec.builderFor(schema).bucket("n", 4).build(),
                                new TableFolder(store).location(),
                                Map.of()));
        assertThat(IcebergLog.at(store).snapshot().partitionColumns()).isEmpty();
    }

    @Test
    void rowsThatAreDeletedSinglyAreRefusedUntilTheFilesAreRewritten() throws IOException {
        IcebergAuthor author = IcebergAuthor.at(store, ROWS);
        author.create(List.of());
        author.append(List.of(TableRow.of(ROWS, 1L, "a")));
        BaseTable table = table();
        table.newRowDelta()
                .addDeletes(FileMetadata.deleteFileBuilder(table.spec())
                        .ofPositionDeletes()
                        .withPath(table.location() + "/data/deletes.parquet")
                        .withFileSizeInBytes(10)
                        .withRecordCount(1)
                        .build())
                .commit();
        IcebergLog log = IcebergLog.at(store);

        assertThatThrownBy(log::snapshot).hasMessageContaining("Version 2").hasMessageContaining("Rewrite");
        assertThatThrownBy(() -> log.changes(1, 2)).hasMessageContaining("deletes single rows");
        assertThat(log.snapshot(1).files()).hasSize(1);
    }

    @Test
    void otherFilesThanParquetAreRefused() throws IOException {
        BaseTable table = make(new Schema(NestedField.optional(1, "n", Types.LongType.get())), Map.of());
        table.newAppend()
                .appendFile(DataFiles.builder(table.spec())
                        .withPath(table.location() + "/data/a.orc")
                        .withFormat(FileFormat.ORC)
                        .withFileSizeInBytes(10)
                        .withRecordCount(1)
                        .build())
                .commit();
        assertThatThrownBy(() -> IcebergLog.at(store).snapshot()).hasMessageContaining("a.orc, which is ORC");
    }

    @Test
    void theFirstFormatVersionIsRefused() throws IOException {
        BaseTable table = make(
                new Schema(NestedField.optional(1, "n", Types.LongType.get())),
                Map.of(TableProperties.FORMAT_VERSION, "1"));
        table.newAppend().commit();
        assertThatThrownBy(() -> IcebergLog.at(store).snapshot()).hasMessageContaining("format-version to 2");
    }

    @Test
    void aFileOfAnotherFolderIsToldWhole() throws IOException {
        BaseTable table = make(new Schema(NestedField.optional(1, "n", Types.LongType.get())), Map.of());
        table.newAppend()
                .appendFile(DataFiles.builder(table.spec())
                        .withPath("s3://elsewhere/a b/1.parquet")
                        .withFileSizeInBytes(10)
                        .withRecordCount(1)
                        .build())
                .commit();
        assertThat(IcebergLog.at(store).snapshot().files().absolutePaths())
                .containsExactly("s3://elsewhere/a%20b/1.parquet");
    }

    private BaseTable make(Schema schema, Map<String, String> properties) {
        return make(store, schema, properties);
    }

    private static BaseTable make(ObjectStore store, Schema schema, Map<String, String> properties) {
        NumberedOperations operations = new NumberedOperations(store);
        operations.commit(
                null,
                TableMetadata.newTableMetadata(
                        schema, PartitionSpec.unpartitioned(), new TableFolder(store).location(), properties));
        return new BaseTable(operations, "made");
    }

    private BaseTable table() {
        return new BaseTable(new NumberedOperations(store), "made");
    }
}
