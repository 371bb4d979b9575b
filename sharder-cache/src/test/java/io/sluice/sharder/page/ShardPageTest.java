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
import io.sluice.sharder.store.Leader;
import io.sluice.sharder.store.PodLease;
import io.sluice.sharder.store.PodLease.Standing;
import io.sluice.sharder.store.Roll;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShardPageTest {
    private static final Target TARGET = new Target("catalog");
    private static final Resource FIRST = new Resource("pod-0", "http://10.0.0.7:8080", 1763689140000L);
    private static final Resource SECOND = new Resource("pod-1", "http://10.0.0.12:8080", 1763689141500L);
    private static final long MIDDLE = 1L << 63;

    private static final Assignment MAP = assignment(
            12,
            held(Slice.closed(new SliceKey(0), new SliceKey(MIDDLE - 1)), FIRST, 1),
            held(Slice.closed(new SliceKey(MIDDLE), new SliceKey(-1)), FIRST, 1));

    @Test
    void thePageOfAFrozenClusterWithADrainedPod() {
        Roll roll = new Roll(
                MAP.generation(),
                true,
                List.of(
                        new PodLease(FIRST, 812, generation(12), Standing.SERVING),
                        new PodLease(SECOND, 40, generation(11), Standing.DRAINED)));
        Leader leader = new Leader("pod-0", "10.0.0.7:7000", 1763689140007L, 95);

        assertThat(ShardPage.render(TARGET, Optional.of(leader), Optional.of(roll), MAP))
                .isEqualTo("""
                target      catalog
                generation  0000000000000007-000000000000000c
                assigner    pod-0 at 10.0.0.7:7000, incarnation 1763689140007, sign of life 95
                balance     frozen
                slices      2

                pods
                  POD    ADDRESS                INCARNATION    STANDING  RENEWALS  KNOWS                              SLICES
                  pod-0  http://10.0.0.7:8080   1763689140000  serving   812       0000000000000007-000000000000000c  2
                  pod-1  http://10.0.0.12:8080  1763689141500  drained   40        0000000000000007-000000000000000b  0

                slices
                  FROM              TO   SLICES  OWNER  REPLICAS  PHASE  SINCE
                  0000000000000000  end  2       pod-0  -         held   0000000000000007-0000000000000001
                """);
    }

    @Test
    void anAssignerThatHasGoneIsNone() {
        Leader gone = new Leader("pod-0", "10.0.0.7:7000", 1763689140007L, Leader.ABDICATED);
        Roll empty = new Roll(Assignment.NONE.generation(), false, List.of());

        assertThat(ShardPage.render(TARGET, Optional.of(gone), Optional.of(empty), Assignment.NONE))
                .contains("assigner    none\n", "none is on the roll", "nothing is assigned yet");
    }

    @Test
    void aPodThatIsAClusterOfItsOwnSaysSo() {
        assertThat(ShardPage.render(TARGET, Optional.empty(), Optional.empty(), MAP))
                .contains("in this process", "this one alone", "pod-0");
    }

    @Test
    void neighboursOfOneOwnershipShareALineAndAHandOverIsTold() {
        Assignment map = assignment(
                12,
                held(quarter(0), FIRST, 1),
                held(quarter(1), FIRST, 1),
                held(quarter(2), SECOND, 11).withReplicas(List.of(FIRST)),
                new Tenure(quarter(3), SECOND, generation(12), new Hold.Awaiting(FIRST, generation(12))));

        assertThat(ShardPage.render(TARGET, Optional.empty(), Optional.empty(), map))
                .endsWith("""
                slices
                  FROM              TO                SLICES  OWNER  REPLICAS  PHASE                      SINCE
                  0000000000000000  8000000000000000  2       pod-0  -         held                       0000000000000007-0000000000000001
                  8000000000000000  c000000000000000  1       pod-1  pod-0     held                       0000000000000007-000000000000000b
                  c000000000000000  end               1       pod-1  -         awaiting release by pod-0  0000000000000007-000000000000000c
                """);
    }

    private static Slice quarter(int number) {
        long width = 1L << 62;
        return Slice.closed(new SliceKey(number * width), new SliceKey(number * width + width - 1));
    }
}
