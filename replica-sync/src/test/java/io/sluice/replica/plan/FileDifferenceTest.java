package io.sluice.replica.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.lake.table.DataFile;
import io.sluice.model.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileDifferenceTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 99, 1234})
    void applyingTheDifferenceOfTwoTablesTurnsOneIntoTheOther(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            List<DataFile> a = table(random);
            List<DataFile> b = table(random);

            FileDifference difference = FileDifference.between(a, b);

            assertThat(names(difference.applyTo(a)))
                    .as("seed %d, case %d", seed, i)
                    .isEqualTo(names(b));
            assertThat(FileDifference.between(b, b).isEmpty()).isTrue();
            assertThat(names(difference.removed())).doesNotContainAnyElementsOf(names(difference.added()));
        }
    }

    @Test
    void aFileOfVectorsSharedByManyFilesIsCopiedOnceAtItsGreatestLength() {
        var difference = FileDifference.between(
                List.of(),
                List.of(file("a", "u", "^-aqEH.-t@S}K{vb[*k^", 1, 36), file("b", "u", "^-aqEH.-t@S}K{vb[*k^", 45, 50)));

        assertThat(difference.objects())
                .extracting(CopyItem::key)
                .containsExactly("a", "deletion_vector_d2c639aa-8816-431a-aaf6-d3fe2512ff61.bin", "b");
        assertThat(difference.objects().get(1).length()).isEqualTo(45 + 50 + 8);
    }

    @Test
    void aVectorInAFolderKeepsItsFolderAndAnInlineOneNeedsNoFile() {
        var difference = FileDifference.between(
                List.of(),
                List.of(
                        file("a", "u", "ab^-aqEH.-t@S}K{vb[*k^", 1, 36),
                        file("b", "i", "wi5b=000010000siXQKl0rr91000f55c8Xg0@@D72lkbi5=-{L", 0, 40)));

        assertThat(difference.objects())
                .extracting(CopyItem::key)
                .containsExactly("a", "ab/deletion_vector_d2c639aa-8816-431a-aaf6-d3fe2512ff61.bin", "b");
    }

    @Test
    void absolutePathsAreRefusedWithTheRemedy() {
        assertThatThrownBy(() -> FileDifference.between(List.of(), List.of(plain("s3://other/table/a.parquet")))
                        .objects())
                .isInstanceOf(Failure.class)
                .hasMessageContaining("shallow clones");
        assertThatThrownBy(() -> FileDifference.between(List.of(), List.of(file("a", "p", "s3://x/v.bin", 1, 36)))
                        .objects())
                .isInstanceOf(Failure.class)
                .hasMessageContaining("absolute path");
    }

    @Test
    void keysAreThePathsWithTheirEncodingUndone() {
        assertThat(FileDifference.between(List.of(), List.of(plain("p=a%20b%252F/c.parquet")))
                        .objects())
                .extracting(CopyItem::key)
                .containsExactly("p=a b%2F/c.parquet");
    }

    private static List<DataFile> table(Random random) {
        List<DataFile> files = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            if (random.nextBoolean()) continue;
            files.add(
                    random.nextBoolean()
                            ? plain("file-" + i)
                            : file("file-" + i, "u", "^-aqEH.-t@S}K{vb[*k^", 1 + random.nextInt(3), 36));
        }
        return files;
    }

    private static Set<LiveFile> names(List<DataFile> files) {
        return files.stream().map(LiveFile::of).collect(Collectors.toSet());
    }

    private static DataFile plain(String path) {
        return new DataFile(path, 10, Optional.empty(), JsonNodeFactory.instance.objectNode());
    }

    private static DataFile file(String path, String storage, String id, int offset, int size) {
        ObjectNode add = JsonNodeFactory.instance.objectNode();
        add.putObject("deletionVector")
                .put("storageType", storage)
                .put("pathOrInlineDv", id)
                .put("offset", offset)
                .put("sizeInBytes", size);
        return new DataFile(path, 10, Optional.of(storage + id + "@" + offset), add);
    }
}
