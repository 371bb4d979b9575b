package io.sluice.cli.tour;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.FakeServer;
import io.sluice.cli.Shell;
import io.sluice.cli.Shell.Run;
import io.sluice.cli.tour.FakeWorld.Fault;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tour is a witness: it has to notice every single promise that is broken. */
class TourTest {
    @TempDir
    Path folder;

    @Test
    void anHonestWorldPassesInSilenceAndIsLeftAsItWas() {
        try (FakeWorld world = new FakeWorld(folder, Fault.NONE)) {
            Run run = tour(world, "--check");

            assertThat(run).isEqualTo(new Run(0, "", ""));
            assertThat(world.isRevoked()).isFalse();
            assertThat(world.recipients()).isZero();
        }
    }

    @Test
    void theGuidedTourShowsCommandsAndFigures() {
        try (FakeWorld world = new FakeWorld(folder, Fault.NONE)) {
            Run run = tour(world);

            assertThat(run.out())
                    .contains("1. The catalog", "6. Every part of the catalog")
                    .contains("$ sluice replica sync r")
                    .contains("-> 297 bytes gained, 297 billed")
                    .doesNotContain("/files/", "Bearer");
        }
    }

    @Test
    void theTourCanBeReadByPrograms() {
        try (FakeWorld world = new FakeWorld(folder, Fault.NONE)) {
            assertThat(tour(world, "-o", "json").out())
                    .startsWith("{\n  \"stops\" : [")
                    .contains("\"seen\" : [");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            WRONG_TABLE              | the catalog answered with c.s.u
            TORN_FILE                | does not begin and end with PAR1
            EMPTY_PLAN               | moves nothing although its source has new rows
            REPLICA_LACKS_A_ROW      | 10 rows
            REPLICA_BYTES_DIFFER     | and the bytes differ
            READ_ACROSS_THE_LANE     | only 0 of them came from the store there
            SECOND_SYNC_COPIES_AGAIN | The outcome of a second sync is SYNCED
            BILLED_A_BYTE_TOO_MUCH   | a difference of -1
            STORE_SAW_MORE           | a difference of -5
            SEALED_RANGE_SHIFTED     | Ranges of a sealed file differ
            SLICE_WITHOUT_OWNER      | has the owners []
            GAP_IN_SHARDS            | has a gap between "80" and "90"
            """)
    void everyBrokenPromiseIsNamed(Fault fault, String sentence) {
        try (FakeWorld world = new FakeWorld(folder, fault)) {
            Run run = tour(world, "--check");

            assertThat(run.exit()).isEqualTo(7);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).contains(sentence).hasLineCount(1);
            assertThat(world.isRevoked()).isFalse();
            assertThat(world.recipients()).isZero();
        }
    }

    @Test
    void aLinkThatSurvivesTheRevokeIsNoticedAndTheKeyIsRestored() {
        try (FakeWorld world = new FakeWorld(folder, Fault.OLD_LINK_SURVIVES_REVOKE)) {
            Run run = tour(world, "--check");

            assertThat(run.exit()).isEqualTo(7);
            assertThat(run.err()).contains("refusing both a new query and a link given out before: not within 5 s");
            assertThat(world.isRevoked()).isFalse();
        }
    }

    @Test
    void aRevokeOfUnknownOutcomeIsUndoneToo() {
        // The server fell over after it had revoked: nobody told us, and the key must come back all the same.
        try (FakeWorld world = new FakeWorld(folder, Fault.REVOKE_FAILS_MIDWAY)) {
            Run run = tour(world, "--check");

            assertThat(run.exit()).isEqualTo(6);
            assertThat(world.isRevoked()).isFalse();
        }
    }

    @Test
    void aServerWithoutADemoWorldSaysHowToGetOne() {
        try (FakeServer bare = new FakeServer()) {
            Run run = new Shell(folder).with("SLUICE_SERVER", bare.url()).run("tour", "--check");

            assertThat(run.exit()).isEqualTo(3);
            assertThat(run.err()).contains("carries no demo world").contains("sluice dev");
        }
    }

    private Run tour(FakeWorld world, String... options) {
        String[] line = new String[options.length + 1];
        line[0] = "tour";
        System.arraycopy(options, 0, line, 1, options.length);
        return new Shell(folder)
                .with("SLUICE_SERVER", world.url())
                .with("SLUICE_TOKEN", "admin")
                .run(line);
    }
}
