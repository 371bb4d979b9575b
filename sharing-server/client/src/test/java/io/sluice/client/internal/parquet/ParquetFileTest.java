package io.sluice.client.internal.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.client.internal.type.DataType;
import io.sluice.client.internal.type.DataType.Array;
import io.sluice.client.internal.type.DataType.Decimal;
import io.sluice.client.internal.type.DataType.Field;
import io.sluice.client.internal.type.DataType.MapOf;
import io.sluice.client.internal.type.DataType.Simple;
import io.sluice.client.internal.type.DataType.Struct;
import io.sluice.client.testing.DuckFiles;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParquetFileTest {
    /** Two row groups, several pages, dictionaries and long ones, nulls. */
    private static final int ROWS = 5_000;

    private static final String FLAT = """
            SELECT i % 2 = 0 AS flag, i::TINYINT AS tiny, i::SMALLINT AS small, i::INTEGER AS number,
              i * 10000000000 AS big, i::FLOAT / 4 AS single, i::DOUBLE / 8 AS double,
              CASE WHEN i % 7 = 0 THEN NULL ELSE 'näme ' || i END AS text, 'kind ' || i % 3 AS kind,
              encode('b' || i) AS bytes, DATE '2020-02-28' + i::INTEGER AS day,
              TIMESTAMPTZ '2024-01-01 00:00:00.000001+00' + to_milliseconds(i) AS moment,
              TIMESTAMP '1969-12-31 23:59:59.999999' AS local_time,
              (i / 100)::DECIMAL(9, 2) AS little, (i / 100)::DECIMAL(18, 3) AS middle, (-i)::DECIMAL(38, 4) AS large
            FROM range(%d) t(i)""".replace("i::TINYINT", "(i %% 100)::TINYINT")
            .replace("% 2", "%% 2")
            .replace("% 3", "%% 3")
            .replace("% 7", "%% 7")
            .formatted(ROWS);

    private static final Struct FLAT_TYPE = struct(
            Field.of("flag", Simple.BOOLEAN),
            Field.of("tiny", Simple.BYTE),
            Field.of("small", Simple.SHORT),
            Field.of("number", Simple.INTEGER),
            Field.of("big", Simple.LONG),
            Field.of("single", Simple.FLOAT),
            Field.of("double", Simple.DOUBLE),
            Field.of("text", Simple.STRING),
            Field.of("kind", Simple.STRING),
            Field.of("bytes", Simple.BINARY),
            Field.of("day", Simple.DATE),
            Field.of("moment", Simple.TIMESTAMP),
            Field.of("local_time", Simple.TIMESTAMP_NTZ),
            Field.of("little", new Decimal(9, 2)),
            Field.of("middle", new Decimal(18, 3)),
            Field.of("large", new Decimal(38, 4)));

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"uncompressed,V1", "snappy,V1", "gzip,V1", "zstd,V1", "uncompressed,V2", "snappy,V2", "zstd,V2"})
    void valuesOfEveryTypeAreReadAsTheyWereWritten(String codec, String version) throws IOException {
        Path file = DuckFiles.write(
                folder.resolve("flat.parquet"),
                FLAT,
                "COMPRESSION %s, PARQUET_VERSION %s, ROW_GROUP_SIZE 2048".formatted(codec, version));

        List<List<Object>> rows = ReadFile.rows(file, FLAT_TYPE);

        assertThat(rows).hasSize(ROWS);
        for (int i = 0; i < ROWS; i++) {
            byte[] bytes = (byte[]) rows.get(i).set(9, null);
            assertThat(bytes).asString(StandardCharsets.UTF_8).isEqualTo("b" + i);
            assertThat(rows.get(i)).isEqualTo(flat(i));
        }
    }

    private static List<Object> flat(int i) {
        return Arrays.asList(
                i % 2 == 0,
                i % 100,
                i,
                i,
                i * 10_000_000_000L,
                i / 4f,
                i / 8d,
                i % 7 == 0 ? null : "näme " + i,
                "kind " + i % 3,
                null,
                LocalDate.of(2020, 2, 28).plusDays(i),
                Instant.parse("2024-01-01T00:00:00.000001Z").plusMillis(i),
                LocalDateTime.parse("1969-12-31T23:59:59.999999"),
                BigDecimal.valueOf(i, 2),
                BigDecimal.valueOf(i * 10L, 3),
                BigDecimal.valueOf(-i * 10_000L, 4));
    }

    @Test
    void listsMapsAndStructsAreReadWithAllTheirNulls() throws IOException {
        Path file = DuckFiles.write(folder.resolve("nested.parquet"), """
                SELECT * FROM (VALUES
                  ([1, NULL, 3], MAP {'a': 1.5, 'b': NULL}, {'x': 1, 'y': {'z': 'deep'}}, [[1], [], NULL]),
                  ([], MAP {}, {'x': NULL, 'y': NULL}, []),
                  (NULL, NULL, NULL, NULL)) t(list, map, struct, lists)""", "");
        Struct type = struct(
                Field.of("list", new Array(Simple.INTEGER)),
                Field.of("map", new MapOf(Simple.STRING, new Decimal(2, 1))),
                Field.of(
                        "struct",
                        struct(Field.of("x", Simple.INTEGER), Field.of("y", struct(Field.of("z", Simple.STRING))))),
                Field.of("lists", new Array(new Array(Simple.INTEGER))));

        List<List<Object>> rows = ReadFile.rows(file, type);

        assertThat(rows.get(0).get(0)).isEqualTo(Arrays.asList(1, null, 3));
        assertThat(rows.get(0).get(1)).asString().isEqualTo("{a=1.5, b=null}");
        assertThat(rows.get(0).get(2)).isEqualTo(Map.of("x", 1, "y", Map.of("z", "deep")));
        assertThat(rows.get(0).get(3)).isEqualTo(Arrays.asList(List.of(1), List.of(), null));
        assertThat(rows.get(1).get(0)).isEqualTo(List.of());
        assertThat(rows.get(1).get(1)).isEqualTo(Map.of());
        assertThat(rows.get(1).get(2)).asString().isEqualTo("{x=null, y=null}");
        assertThat(rows.get(1).get(3)).isEqualTo(List.of());
        assertThat(rows.get(2)).containsOnlyNulls();
    }

    @Test
    void columnsComeInTheOrderOfTheTableAndMissingOnesKeepTheirValue() throws IOException {
        Path file = DuckFiles.write(
                folder.resolve("few.parquet"), "SELECT i AS a, {'p': i, 'q': 'q'} AS s FROM range(3) t(i)", "");
        Struct type = struct(
                Field.of("s", struct(Field.of("new", Simple.LONG), Field.of("p", Simple.LONG))),
                Field.of("day", Simple.DATE),
                Field.of("gone", struct(Field.of("new", Simple.LONG))),
                Field.of("a", Simple.LONG));
        Struct onlyNew = struct(Field.of("s", struct(Field.of("new", Simple.LONG))));
        LocalDate day = LocalDate.of(2024, 1, 1);

        List<List<Object>> rows = ReadFile.rows(file, type, new Object[] {null, day, null, null}, Matching.BY_NAME);

        assertThat(rows).hasSize(3);
        assertThat(rows.get(2)).hasToString("[{new=null, p=2}, 2024-01-01, null, 2]");
        assertThat(ReadFile.rows(file, onlyNew).get(1))
                .as("a struct of which nothing is left is still there")
                .hasToString("[{new=null}]");
        assertThat(ReadFile.rows(file, struct(Field.of("day", Simple.DATE)), new Object[] {day}, Matching.BY_NAME))
                .as("rows without columns are counted")
                .isEqualTo(List.of(List.of(day), List.of(day), List.of(day)));
    }

    @Test
    void columnsAreFoundByTheirIdsWhereTheTableSaysSo() throws IOException {
        Path file = DuckFiles.write(folder.resolve("ids.parquet"), "SELECT 1 AS a, 2 AS b", "FIELD_IDS {a: 5, b: 6}");
        Struct type = struct(
                new Field("b", Simple.INTEGER, "elsewhere", java.util.OptionalInt.of(5)),
                new Field("a", Simple.INTEGER, "a", java.util.OptionalInt.of(7)));

        assertThat(ReadFile.rows(file, type, new Object[2], Matching.BY_ID)).containsExactly(Arrays.asList(1, null));
    }

    @Test
    void narrowerValuesAreWidenedAndOthersRefused() throws IOException {
        Path file = DuckFiles.write(
                folder.resolve("narrow.parquet"),
                "SELECT 1::INTEGER AS n, 1.5::FLOAT AS f, 2.5::DECIMAL(4, 1) AS d",
                "");
        Struct wide =
                struct(Field.of("n", Simple.LONG), Field.of("f", Simple.DOUBLE), Field.of("d", new Decimal(10, 3)));

        assertThat(ReadFile.rows(file, wide)).containsExactly(List.of(1L, 1.5d, new BigDecimal("2.500")));
        for (DataType wrong : List.of(Simple.STRING, Simple.BOOLEAN, new Array(Simple.INTEGER)))
            assertThatThrownBy(() -> ReadFile.rows(file, struct(Field.of("n", wrong))))
                    .isInstanceOf(UnreadableFileException.class)
                    .hasMessageContaining("column n");
    }

    @Test
    void codecsThatAreNotKnownAreRefusedByName() throws IOException {
        Path file = DuckFiles.write(folder.resolve("lz4.parquet"), "SELECT 1 AS n", "COMPRESSION lz4_raw");

        assertThatThrownBy(() -> ReadFile.rows(file, struct(Field.of("n", Simple.INTEGER))))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessageContaining("LZ4_RAW")
                .hasMessageContaining("ZSTD");
    }

    private static Struct struct(Field... fields) {
        return new Struct(List.of(fields));
    }
}
