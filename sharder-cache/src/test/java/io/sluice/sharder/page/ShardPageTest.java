package io.sluice.sharder.page;

import static io.sluice.sharder.testkit.Maps.assignment;
import static io.sluice.sharder.testkit.Maps.generation;
import static io.sluice.sharder.testkit.Maps.held;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.Hold;
import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.Target;
import io.sluice.sharder.Tenure;
import io.sluice.sharder.assigner.PodStatus;
import io.sluice.sharder.assigner.PodStatus.Standing;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShardPageTest {
    private static final Resource FIRST = new Resource("catalog-0", "http://10.0.0.7:8080", 1763689140000L);
    private static final Resource SECOND = new Resource("catalog-1", "http://10.0.0.12:8080", 1763689141500L);

    @Test
    void thePageOfAHandOver() throws IOException {
        // Shows neighbours of one ownership on one line, and a slice that still waits for its former owner.
        Assignment assignment = assignment(
                12,
                held(quarter(0), FIRST, 1),
                held(quarter(1), FIRST, 1),
                held(quarter(2), SECOND, 11).withReplicas(List.of(FIRST)),
                new Tenure(quarter(3), SECOND, generation(12), new Hold.Awaiting(FIRST, generation(12))));
        List<PodStatus> pods = List.of(
                new PodStatus(FIRST, Standing.SERVING, Duration.ofMillis(2_130), generation(11), true),
                new PodStatus(SECOND, Standing.SERVING, Duration.ofMillis(2_960), generation(12), false),
                new PodStatus(
                        new Resource("catalog-2", "http://10.0.0.13:8080", 9),
                        Standing.LEFT,
                        Duration.ZERO,
                        generation(10),
                        true));

        assertThat(ShardPage.render(new ShardView(new Target("catalog"), assignment, pods)))
                .isEqualTo(golden("hand-over.txt"));
    }

    @Test
    void thePageBeforeAnyPodWasHeard() throws IOException {
        assertThat(ShardPage.render(new ShardView(new Target("catalog"), Assignment.NONE, List.of())))
                .isEqualTo(golden("nobody.txt"));
    }

    private static Slice quarter(int number) {
        long width = 1L << 62;
        return Slice.closed(new SliceKey(number * width), new SliceKey(number * width + width - 1));
    }

    private static String golden(String name) throws IOException {
        try (InputStream file = ShardPageTest.class.getResourceAsStream("/golden/shard-page/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
