package io.sluice.lake.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.lake.store.FaultyStore;
import io.sluice.lake.store.LocalObjectStore;
import io.sluice.lake.table.Column;
import io.sluice.lake.table.ColumnType;
import io.sluice.lake.table.TableRow;
import io.sluice.lake.table.TableSchema;
import io.sluice.lake.table.TableSnapshot;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Metadata that is damaged, or made up by somebody, ends in a failure that says so; never in a table with less in it. */
final class DamagedTableTest {
    private static final TableSchema SCHEMA =
            TableSchema.of(Column.of("n", ColumnType.LONG), Column.of("part", ColumnType.STRING));

    @TempDir
    Path folder;

    private FaultyStore store;

    @BeforeEach
    void aTableOfTwoSnapshots() throws IOException {
        store = new FaultyStore(LocalObjectStore.at(folder));
        IcebergAuthor author = IcebergAuthor.at(store, SCHEMA);
        author.create(List.of("part"));
        for (long n = 0; n < 2; n++) author.append(List.of(TableRow.of(SCHEMA, n, "p" + n)));
    }

    @ParameterizedTest
    @CsvSource({"snap-", "-m0.avro"})
    void aMissingFileIsNamed(String part) throws IOException {
        for (Path file : metadata(part)) Files.delete(file);
        assertInvalid("is gone; a clean-up may have removed it");
    }

    @ParameterizedTest
    @CsvSource({"snap-", "-m0.avro", "v3.metadata.json"})
    void aFileThatWasCutShortIsDamaged(String part) throws IOException {
        for (Path file : metadata(part)) {
            byte[] bytes = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(bytes, bytes.length * 2 / 3));
        }
        assertInvalid("is damaged");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{}", "7", "{\"format-version\":\"two\"}", "{\"format-version\":99}"})
    void metadataOfTheWrongShapeIsDamaged(String json) throws IOException {
        Files.writeString(folder.resolve("metadata/v3.metadata.json"), json);
        assertInvalid("is damaged");
    }

    @ParameterizedTest
    @CsvSource({
        "'\"current-schema-id\":0', '\"current-schema-id\":7'",
        "'\"type\":\"struct\"', '\"type\":\"strict\"'",
        "'\"sequence-number\":2', '\"sequence-number\":4611686018427387904'",
        "'\"current-snapshot-id\":', '\"current-snapshot-id\":1'",
        "'\"partition-specs\":[', '\"partition-specs\":[5,'",
        "'\"snapshots\":[', '\"snapshots\":[null,'"
    })
    void metadataWithWrongValuesIsDamaged(String found, String replacement) throws IOException {
        Path file = folder.resolve("metadata/v3.metadata.json");
        String json = Files.readString(file);
        assertThat(json).contains(found);
        Files.writeString(file, json.replace(found, replacement));
        assertInvalid("is damaged");
    }

    @Test
    void deepNestingIsDamage() throws IOException {
        Files.writeString(folder.resolve("metadata/v3.metadata.json"), "[".repeat(100_000));
        assertInvalid("is damaged");
    }

    @Test
    void whatUnfoldsWithoutEndIsDamage() throws IOException {
        try (var out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("metadata/v4.gz.metadata.json")))) {
            byte[] blanks = new byte[1 << 20];
            Arrays.fill(blanks, (byte) ' ');
            for (int i = 0; i <= StoreIO.LARGEST_FILE_BYTES >> 20; i++) out.write(blanks);
        }
        assertInvalid("holds more than");
    }

    @Test
    void metadataOutsideOfTheFolderIsNotFollowed() throws IOException {
        Path file = folder.resolve("metadata/v3.metadata.json");
        Files.writeString(file, Files.readString(file).replaceAll("file:/+[^\"]*/metadata/snap", "file:///etc/snap"));
        assertThatThrownBy(() -> IcebergLog.at(store).snapshot())
                .isInstanceOf(Failure.class)
                .hasMessageContaining("outside of its folder");
    }

    /** Each of many small damages is either a failure of ours or does no harm to what is told of the files. */
    @Test
    void noDamageOfAManifestComesOutAsAnythingElse() throws IOException {
        TableSnapshot whole = IcebergLog.at(store).snapshot();
        Path manifest = metadata("-m0.avro").get(0);
        byte[] bytes = Files.readAllBytes(manifest);
        Random random = new Random(7);
        int failures = 0;
        for (int round = 0; round < 300; round++) {
            byte[] changed = bytes.clone();
            for (int i = 0; i < 3; i++) changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            Files.write(manifest, changed);
            try {
                assertThat(IcebergLog.at(store).snapshot().files())
                        .hasSize(whole.files().size());
            } catch (Failure e) {
                failures++;
            }
        }
        assertThat(failures).isPositive();
    }

    @Test
    void aStoreThatFailsIsNoDamage() {
        store.failNextRead();
        assertThatThrownBy(() -> IcebergLog.at(store).snapshot())
                .isInstanceOf(IOException.class)
                .hasMessage("the read was lost");
    }

    @Test
    void aTableThatWasDamagedIsReadOnceItIsWhole() throws IOException {
        Path file = folder.resolve("metadata/v3.metadata.json");
        byte[] whole = Files.readAllBytes(file);
        IcebergLog log = IcebergLog.at(store);
        Files.write(file, "{".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(log::snapshot).hasMessageContaining("is damaged");
        Files.write(file, whole);
        assertThat(log.snapshot().files()).hasSize(2);
    }

    private List<Path> metadata(String part) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("metadata"))) {
            return files.filter(file -> file.getFileName().toString().contains(part))
                    .toList();
        }
    }

    private void assertInvalid(String message) {
        assertThatThrownBy(() -> IcebergLog.at(store).snapshot())
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(FailureKind.INVALID))
                .hasMessageContaining("The ")
                .hasMessageContaining("Iceberg table at " + store.root())
                .hasMessageContaining(message);
    }
}
