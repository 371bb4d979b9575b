package io.sluice.bench.conformance.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.bench.conformance.share.KnownTable;
import io.sluice.lake.delta.DeltaLog;
import io.sluice.lake.store.LocalObjectStore;
import io.sluice.lake.table.TableSnapshot;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables that are written are those that the checks know; the two of 50,000 files are left out for their size. */
class TableWorldTest {
    private static final List<KnownTable> SMALL =
            Arrays.stream(KnownTable.values()).filter(KnownTable::isReadable).toList();

    @TempDir
    Path folder;

    @Test
    void tables_stand_at_the_versions_and_have_the_files_that_the_checks_know() throws IOException {
        new TableWorld(folder, Optional.empty()).write(SMALL);

        for (KnownTable table : SMALL) {
            TableSnapshot snapshot = DeltaLog.at(LocalObjectStore.at(folder.resolve(table.tableName())))
                    .snapshot();
            assertThat(snapshot.version()).as(table.tableName()).isEqualTo(table.version());
            assertThat(snapshot.files().size()).as(table.tableName()).isEqualTo((int) table.files());
        }
    }

    @Test
    void the_file_outside_is_named_by_where_the_server_will_find_it() throws IOException {
        new TableWorld(folder, Optional.of(URI.create("s3://lake/tables"))).write(List.of(KnownTable.OUTSIDE_ROOT));

        Path commit = folder.resolve("conformance_outside_root/_delta_log/00000000000000000002.json");
        assertThat(Files.readString(commit)).contains("\"s3://lake/tables/conformance_outside_files/outside.parquet\"");
        assertThat(folder.resolve("conformance_outside_files/outside.parquet")).isNotEmptyFile();
    }

    @Test
    void the_text_beside_the_tables_names_each_of_them() throws IOException {
        new TableWorld(folder, Optional.empty()).write(List.of());

        String readme = Files.readString(folder.resolve(TableWorld.README));
        for (KnownTable table : KnownTable.values()) assertThat(readme).contains("| " + table.tableName() + " |");
    }

    @Test
    void tables_that_are_there_are_left_alone() throws IOException {
        new TableWorld(folder, Optional.empty()).write(List.of(KnownTable.PLAIN));

        assertThatThrownBy(() -> new TableWorld(folder, Optional.empty()).write(List.of(KnownTable.PLAIN)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("conformance_plain already");
    }
}
