package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.FakeServer.Answer;
import io.sluice.cli.Shell.Run;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of the shard map, and what is asked of the server for each order. */
class ShardCommandTest {
    private static final String SHARDS = "/api/1.0/sluice/shards";

    private final FakeServer server = new FakeServer()
            .on("GET " + SHARDS, Answer.json("""
                    {"target":"catalog","generation":"7-9","pods":[{"name":"pod-0","address":"http://h:1","incarnation":5}],
                     "slices":[{"low":"00","high":"80","pods":["pod-0","pod-2","pod-1"],"since":"7-1","phase":"HELD"},
                               {"low":"80","high":"infinity","pods":["pod-1"],"since":"7-9","phase":"AWAITING_RELEASE"}]}"""))
            .on("GET " + SHARDS + "/page", Answer.of(200, "target  catalog\n"))
            .on("GET " + SHARDS + "/hot?limit=2", Answer.json("""
                    {"slices":[{"low":"00","high":"80","pod":"pod-0","requests_per_second":410.5}],
                     "keys":[{"key":"0000000000000007","requests_per_second":400.25}]}"""))
            .on("POST " + SHARDS + "/freeze", Answer.json("{\"frozen\":true}"))
            .on("POST " + SHARDS + "/unfreeze", Answer.json("{\"frozen\":false}"))
            .on("POST " + SHARDS + "/pods/pod-1/drain", Answer.json("{\"pod\":\"pod-1\",\"drained\":true}"))
            .on("POST " + SHARDS + "/pods/pod-1/undrain", Answer.json("{\"pod\":\"pod-1\",\"drained\":false}"));
    private final Shell shell;

    ShardCommandTest(@TempDir Path home) {
        shell = new Shell(home).with("SLUICE_SERVER", server.url()).with("SLUICE_TOKEN", "good-token");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theMapTellsOfEachSliceWhoHasItAndSinceWhen() {
        assertThat(shell.run("shard", "map").out())
                .contains("from  to        owner  replicas     phase             since")
                .contains("00    80        pod-0  pod-2 pod-1  HELD              7-1")
                .contains("80    infinity  pod-1               AWAITING_RELEASE  7-9");
        assertThat(shell.run("shard", "map", "-o", "csv").out())
                .startsWith("from,to,owner,replicas,phase,since\r\n00,80,pod-0,");
    }

    @Test
    void thePageComesAsItIs() {
        assertThat(shell.run("shard", "page").out()).isEqualTo("target  catalog\n");
    }

    @Test
    void theHottestSlicesAndKeysAreShown() {
        assertThat(shell.run("shard", "hot", "--limit", "2").out())
                .contains("410.5", "pod-0")
                .contains("0000000000000007", "400.25");
    }

    @Test
    void ordersAreSentAndTheirOutcomeIsTold() {
        assertThat(shell.run("shard", "freeze").out()).isEqualTo("frozen  true\n");
        assertThat(shell.run("shard", "unfreeze").out()).isEqualTo("frozen  false\n");
        assertThat(shell.run("shard", "drain", "pod-1").out()).isEqualTo("pod      pod-1\ndrained  true\n");
        assertThat(shell.run("shard", "undrain", "pod-1").out()).contains("drained  false");
    }

    @Test
    void aPodThatIsNotThereIsNotFound() {
        Run run = shell.run("shard", "drain", "pod-9");
        assertThat(run.exit()).isEqualTo(3);
    }
}
