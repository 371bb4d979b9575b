package io.sluice.client.internal.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.client.internal.type.DataType.Array;
import io.sluice.client.internal.type.DataType.Field;
import io.sluice.client.internal.type.DataType.Simple;
import io.sluice.client.internal.type.DataType.Struct;
import io.sluice.client.testing.DuckFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A recipient reads the files of strangers: whatever is in them, the outcome is rows or a sentence. */
class HostileFileTest {
    private static final Struct TYPE = new Struct(List.of(
            Field.of("n", Simple.LONG), Field.of("text", Simple.STRING), Field.of("list", new Array(Simple.INTEGER))));

    @TempDir
    Path folder;

    @Test
    void aFileThatEndsEarlyIsRefusedWhereverItEnds() throws IOException {
        byte[] file = small("COMPRESSION zstd");

        for (int length = 0; length < file.length; length += 7) {
            Path cut = written(Arrays.copyOf(file, length));
            assertThatThrownBy(() -> ReadFile.rows(cut, TYPE))
                    .as("%d of %d bytes", length, file.length)
                    .isInstanceOf(UnreadableFileException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COMPRESSION snappy",
                "COMPRESSION zstd, PARQUET_VERSION V2",
                "COMPRESSION gzip, PARQUET_VERSION V2",
                "COMPRESSION uncompressed, PARQUET_VERSION V2",
                "COMPRESSION uncompressed"
            })
    void damagedBytesNeverLeadToAnythingButRowsOrARefusal(String options) throws IOException {
        // Shows it for files with a few wrong bytes each, the same ones in every run.
        int refused = Damage.refusals(small(options), TYPE, folder);

        assertThat(refused).as("damage is noticed").isGreaterThan(Damage.ROUNDS / 4);
    }

    @Test
    void claimsOfGigabytesAreRefusedBeforeMemoryIsTaken() throws IOException {
        byte[] file = small("COMPRESSION snappy");

        assertRefused(page(file, page -> page.setUncompressed_page_size(2_000_000_000)), "claims a page");
        assertRefused(page(file, page -> page.setUncompressed_page_size(-1)), "claims a page");
        assertRefused(page(file, page -> page.setCompressed_page_size(2_000_000_000)), "claims a page");
        assertRefused(page(file, page -> page.setCompressed_page_size(1_000_000)), "more bytes than are there");
        assertRefused(page(file, page -> page.setUncompressed_page_size(100_000_000)), "claims 100000000 bytes");
        assertRefused(page(file, page -> page.getData_page_header().setNum_values(2_000_000_000)), "2000000000 values");
        assertRefused(footer(file, footer -> footer.getRow_groups().get(0).setNum_rows(Long.MAX_VALUE)), "is damaged");
        assertRefused(
                footer(
                        file,
                        footer -> footer.getRow_groups()
                                .get(0)
                                .getColumns()
                                .get(0)
                                .getMeta_data()
                                .setTotal_compressed_size(Long.MAX_VALUE)),
                "outside of it");
        assertRefused(
                footer(file, footer -> footer.getSchema().get(0).setNum_children(Integer.MAX_VALUE)),
                "schema breaks off");
    }

    @Test
    void packedDifferencesDoNotClaimMoreValuesThanTheirPage() throws IOException {
        byte[] file = Files.readAllBytes(DuckFiles.write(
                folder.resolve("packed.parquet"),
                "SELECT i AS n, NULL::VARCHAR AS text, NULL::INTEGER[] AS list FROM range(3000) t(i)",
                "PARQUET_VERSION V2, COMPRESSION uncompressed, DICTIONARY_SIZE_LIMIT 1"));
        assertThat(ReadFile.rows(written(file), TYPE)).hasSize(3000);

        assertRefused(page(file, page -> page.getData_page_header().setNum_values(5)), "claims 3000 packed ones");
    }

    @Test
    void groupsWithinGroupsHaveAnEnd() throws IOException {
        byte[] deep = footer(small(""), footer -> {
            var nested = footer.getSchema().get(0).deepCopy();
            nested.setRepetition_type(org.apache.parquet.format.FieldRepetitionType.OPTIONAL);
            nested.setNum_children(1);
            for (int level = 0; level < 5_000; level++) footer.getSchema().add(1, nested);
        });

        assertRefused(deep, "nested deeper");
    }

    @Test
    void whatPacksPagesIsTakenAtItsWord() throws IOException {
        byte[] mislabelled = footer(
                small("COMPRESSION snappy"),
                footer -> footer.getRow_groups()
                        .get(0)
                        .getColumns()
                        .forEach(column -> column.getMeta_data().setCodec(CompressionCodec.ZSTD)));

        assertRefused(mislabelled, "is damaged");
    }

    private byte[] small(String options) throws IOException {
        return Files.readAllBytes(DuckFiles.write(
                folder.resolve("small.parquet"),
                "SELECT i AS n, 'text ' || i % 5 AS text, [i::INTEGER, NULL] AS list FROM range(100) t(i)",
                options));
    }

    private static byte[] page(byte[] file, Consumer<PageHeader> change) throws IOException {
        return Tampering.firstPage(file, header -> {
            header.setCrcIsSet(false);
            change.accept(header);
        });
    }

    private static byte[] footer(byte[] file, Consumer<FileMetaData> change) throws IOException {
        return Tampering.footer(file, change);
    }

    private void assertRefused(byte[] file, String why) throws IOException {
        Path path = written(file);
        assertThatThrownBy(() -> ReadFile.rows(path, TYPE))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessageContaining(why);
    }

    private Path written(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("damaged.parquet"), bytes);
    }
}
