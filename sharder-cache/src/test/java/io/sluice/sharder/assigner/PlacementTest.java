package io.sluice.sharder.assigner;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.testkit.Maps;
import io.sluice.sharder.testkit.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlacementTest {
    @Test
    void theFirstCutCoversTheKeySpaceInEqualParts() {
        for (int pods = 1; pods <= 40; pods++) {
            List<Slice> slices = Placement.cut(pods);
            assertThat(slices.size()).isGreaterThanOrEqualTo(32 * pods);
            assertThat(slices.get(0).low()).isEqualTo(SliceKey.ROOT);
            assertThat(slices.get(slices.size() - 1).high()).isEmpty();
            for (int i = 1; i < slices.size(); i++)
                assertThat(slices.get(i - 1).meets(slices.get(i))).isTrue();
        }
    }

    @Test
    void halvesMeetInTheMiddle() {
        assertThat(Placement.halves(Slice.ALL))
                .containsExactly(
                        Slice.of(SliceKey.ROOT, new SliceKey(Long.MIN_VALUE)),
                        Slice.from(new SliceKey(Long.MIN_VALUE)));
    }

    @Test
    void rebalancingIsEvenAndMovesNoMoreThanItMust() {
        // Compares with the least number of moves there can be: what is orphaned or above a fair share has to move.
        Seeds.check(1_000, random -> {
            List<Resource> pods = pods(1 + random.nextInt(6));
            List<Resource> before = IntStream.range(0, 1 + random.nextInt(60))
                    .mapToObj(i -> Maps.pod("pod-" + random.nextInt(8)))
                    .toList();

            List<Resource> after = Placement.rebalance(before, pods, Placement.Wish.BALANCE);

            List<Integer> counts =
                    pods.stream().map(p -> Collections.frequency(after, p)).toList();
            assertThat(Collections.max(counts) - Collections.min(counts)).isLessThanOrEqualTo(1);
            assertThat(Set.copyOf(pods)).containsAll(after);
            assertThat(moves(before, after)).isEqualTo(leastMoves(before, pods));
            assertThat(Placement.rebalance(after, pods, Placement.Wish.BALANCE)).isEqualTo(after);
        });
    }

    private static long leastMoves(List<Resource> before, List<Resource> pods) {
        List<Integer> kept = new ArrayList<>(
                pods.stream().map(p -> Collections.frequency(before, p)).toList());
        kept.sort(Collections.reverseOrder());
        int share = before.size() / pods.size();
        int larger = before.size() % pods.size();
        long staying = 0;
        for (int i = 0; i < kept.size(); i++) staying += Math.min(kept.get(i), i < larger ? share + 1 : share);
        return before.size() - staying;
    }

    private static long moves(List<Resource> before, List<Resource> after) {
        return IntStream.range(0, before.size())
                .filter(i -> !before.get(i).equals(after.get(i)))
                .count();
    }

    private static List<Resource> pods(int count) {
        return IntStream.range(0, count).mapToObj(i -> Maps.pod("pod-" + i)).toList();
    }
}
