package io.sluice.sharder;

import static io.sluice.sharder.testkit.Maps.assignment;
import static io.sluice.sharder.testkit.Maps.held;
import static io.sluice.sharder.testkit.Maps.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.sluice.sharder.slicelet.Holdings;
import io.sluice.sharder.testkit.Maps;
import io.sluice.sharder.testkit.Seeds;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AssignmentTest {
    private static final SliceKey MIDDLE = new SliceKey(Long.MIN_VALUE);

    @Test
    void lookingUpFindsWhatASlowSearchFinds() {
        Seeds.check(500, random -> {
            Assignment assignment = Maps.random(random, 1);
            List<SliceKey> keys =
                    new ArrayList<>(List.of(SliceKey.ROOT, new SliceKey(-1), new SliceKey(random.nextLong())));
            for (Tenure tenure : assignment.tenures())
                keys.addAll(List.of(tenure.slice().low(), tenure.slice().last()));
            for (SliceKey key : keys) {
                Tenure expected = assignment.tenures().stream()
                        .filter(t -> t.slice().contains(key))
                        .findFirst()
                        .orElseThrow();
                assertThat(assignment.tenureOf(key)).isEqualTo(expected);
                assertThat(assignment.ownerOf(key)).contains(expected.owner());
            }
        });
    }

    @Test
    void lookingUpAllocatesNothing() {
        // Counts the bytes that this thread allocates over many look-ups, both of a clerk and of a slicelet.
        Assignment assignment = Maps.random(new java.util.SplittableRandom(3), 1);
        Clerk clerk = () -> assignment;
        Holdings holdings = new Holdings(assignment, pod("pod-1"), 100);
        SliceKey[] keys = {SliceKey.of("sales"), SliceKey.of("sales", "eu"), SliceKey.ROOT, new SliceKey(-1)};
        lookUp(clerk, holdings, keys, 20_000);

        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        int found = lookUp(clerk, holdings, keys, 100_000);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(found).isPositive();
        // Less than a hundredth of a byte per look-up: what is left belongs to the measurement itself.
        assertThat(allocated).isLessThan(2_000);
    }

    private static int lookUp(Clerk clerk, Holdings holdings, SliceKey[] keys, int times) {
        int found = 0;
        for (int i = 0; i < times; i++) {
            SliceKey key = keys[i % keys.length];
            if (clerk.lookup(key).isPresent()) found++;
            if (holdings.owns(key, i) == Ownership.Answer.OWNED) found++;
        }
        return found;
    }

    @Test
    void gapsAndOverlapsCannotBeBuilt() {
        Tenure lower = held(Slice.of(SliceKey.ROOT, MIDDLE), pod("a"), 1);
        Tenure beyond = held(Slice.from(new SliceKey(Long.MIN_VALUE + 1)), pod("a"), 1);

        assertThatThrownBy(() -> assignment(1, lower)).hasMessageContaining("do not cover");
        assertThatThrownBy(() -> assignment(1, lower, beyond)).hasMessageContaining("do not cover");
        assertThatThrownBy(() -> assignment(1, held(Slice.ALL, pod("a"), 1), held(Slice.ALL, pod("a"), 1)))
                .hasMessageContaining("do not cover");
    }

    @Test
    void anythingThatDiffersChangesTheChecksum() {
        Assignment one = assignment(1, held(Slice.ALL, pod("a"), 1));

        assertThat(one.checksum())
                .isEqualTo(assignment(1, held(Slice.ALL, pod("a"), 1)).checksum());
        assertThat(List.of(
                        assignment(2, held(Slice.ALL, pod("a"), 1)).checksum(),
                        assignment(1, held(Slice.ALL, pod("b"), 1)).checksum(),
                        assignment(1, held(Slice.ALL, pod("a", 2), 1)).checksum(),
                        assignment(1, held(Slice.ALL, pod("a"), 2)).checksum()))
                .doesNotContain(one.checksum())
                .doesNotHaveDuplicates();
    }

    @Test
    void beforeTheFirstAssignmentNobodyOwnsAnything() {
        assertThat(Assignment.NONE.ownerOf(SliceKey.ROOT)).isEmpty();
        assertThat(new Holdings(Assignment.NONE, pod("a"), 100).owns(SliceKey.ROOT, 1))
                .isEqualTo(Ownership.Answer.UNKNOWN);
    }
}
