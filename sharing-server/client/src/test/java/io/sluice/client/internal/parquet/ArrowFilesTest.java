package io.sluice.client.internal.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.client.internal.type.DataType.Array;
import io.sluice.client.internal.type.DataType.Decimal;
import io.sluice.client.internal.type.DataType.Field;
import io.sluice.client.internal.type.DataType.Simple;
import io.sluice.client.internal.type.DataType.Struct;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files by pyarrow 23, for what DuckDB does not write: timestamps of 96 bits, pages of the second kind with checksums,
 * every kind of packed differences, and lists whose element has its old name.
 */
class ArrowFilesTest {
    private static final Struct TYPE = new Struct(List.of(
            Field.of("number", Simple.LONG),
            Field.of("text", Simple.STRING),
            Field.of("other", Simple.STRING),
            Field.of("single", Simple.FLOAT),
            Field.of("list", new Array(Simple.INTEGER)),
            Field.of("flag", Simple.BOOLEAN),
            Field.of("price", new Decimal(20, 2))));

    @TempDir
    Path folder;

    @Test
    void timestampsOf96BitsAreRead() throws Exception {
        Path file = resource("int96");

        assertThat(ReadFile.rows(file, new Struct(List.of(Field.of("moment", Simple.TIMESTAMP)))))
                .containsExactly(
                        List.of(Instant.parse("1969-12-31T23:59:59.999999Z")),
                        List.of(Instant.parse("2024-02-29T12:00:00.000001Z")),
                        Collections.singletonList(null));
        assertThat(ReadFile.rows(file, new Struct(List.of(Field.of("moment", Simple.TIMESTAMP_NTZ))))
                        .get(1))
                .isEqualTo(List.of(LocalDateTime.parse("2024-02-29T12:00:00.000001")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"snappy", "zstd", "none"})
    void pagesOfTheSecondKindAreRead(String codec) throws Exception {
        List<List<Object>> rows = ReadFile.rows(resource("second-pages-" + codec), TYPE);

        assertThat(rows).hasSize(300);
        for (int i = 0; i < rows.size(); i++)
            assertThat(rows.get(i))
                    .isEqualTo(Arrays.asList(
                            i % 11 == 0 ? null : (long) i * i,
                            i % 7 == 0 ? null : "prefix of text " + i,
                            "x".repeat(i % 5),
                            i / 4f,
                            i % 5 == 0 ? null : Collections.nCopies(i % 3, i),
                            i % 3 == 0,
                            BigDecimal.valueOf(i, 2)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"snappy", "zstd", "none"})
    void damagedPagesOfTheSecondKindAreReadOrRefused(String codec) throws Exception {
        byte[] file = Files.readAllBytes(resource("second-pages-" + codec));

        assertThat(Damage.refusals(file, TYPE, folder)).isGreaterThan(Damage.ROUNDS / 2);
    }

    @Test
    void aWrongByteInAPageIsNoticedByItsChecksum() throws Exception {
        byte[] file = Files.readAllBytes(resource("second-pages-none"));
        // In the middle of the values of the first column.
        file[200] ^= 1;
        Path damaged = Files.write(folder.resolve("damaged.parquet"), file);

        assertThatThrownBy(() -> ReadFile.rows(damaged, TYPE))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessageContaining("checksum");
    }

    @Test
    void packedDifferencesOfAPageOfTheSecondKindAreHeldAgainstItsCountToo() throws Exception {
        byte[] file = Files.readAllBytes(resource("second-pages-none"));
        byte[] tampered = Tampering.firstPage(file, page -> {
            page.setCrcIsSet(false);
            page.getData_page_header_v2().setNum_values(3);
        });

        assertThatThrownBy(() -> ReadFile.rows(Files.write(folder.resolve("few.parquet"), tampered), TYPE))
                .hasMessageContaining("packed ones");
    }

    private static Path resource(String name) throws IOException, URISyntaxException {
        return Path.of(ArrowFilesTest.class
                .getResource("/parquet/" + name + ".parquet")
                .toURI());
    }
}
