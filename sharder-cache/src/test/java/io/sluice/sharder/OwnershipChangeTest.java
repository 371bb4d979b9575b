package io.sluice.sharder;

import static io.sluice.sharder.testkit.Maps.assignment;
import static io.sluice.sharder.testkit.Maps.held;
import static io.sluice.sharder.testkit.Maps.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sharder.testkit.Maps;
import io.sluice.sharder.testkit.Seeds;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnershipChangeTest {
    private static final SliceKey MIDDLE = new SliceKey(Long.MIN_VALUE);
    private static final Slice LOWER = Slice.of(SliceKey.ROOT, MIDDLE);
    private static final Slice UPPER = Slice.from(MIDDLE);

    @Test
    void splittingAndMergingInterruptNothing() {
        Assignment whole = assignment(1, held(Slice.ALL, pod("a"), 1));
        Assignment split = assignment(2, held(LOWER, pod("a"), 1), held(UPPER, pod("a"), 1));

        assertThat(OwnershipChange.between(whole, split, pod("a")).isEmpty()).isTrue();
        assertThat(OwnershipChange.between(split, whole, pod("a")).isEmpty()).isTrue();
    }

    @Test
    void aSliceThatWasAwayAndCameBackIsRemovedAndAdded() {
        // Shows that a pod which missed the change in between does not take its old memory for current.
        Assignment before = assignment(1, held(Slice.ALL, pod("a"), 1));
        Assignment after = assignment(3, held(LOWER, pod("a"), 1), held(UPPER, pod("a"), 3));

        OwnershipChange change = OwnershipChange.between(before, after, pod("a"));

        assertThat(change.added()).isEqualTo(List.of(held(UPPER, pod("a"), 3)));
        assertThat(change.removed()).isEqualTo(List.of(held(UPPER, pod("a"), 1)));
    }

    @Test
    void aSliceThatIsStillAwaitedIsNotAdded() {
        Assignment awaited = assignment(
                1,
                new Tenure(
                        Slice.ALL, pod("a"), Maps.generation(1), new Hold.Awaiting(pod("former"), Maps.generation(1))));

        assertThat(OwnershipChange.between(Assignment.NONE, awaited, pod("a")).isEmpty())
                .isTrue();
    }

    @Test
    void whatIsToComeIsToldOnce() {
        Tenure coming =
                new Tenure(Slice.ALL, pod("a"), Maps.generation(1), new Hold.HandingOver(pod("b"), Maps.generation(2)));
        Assignment asking = assignment(2, coming);
        Assignment later = assignment(3, coming);

        assertThat(OwnershipChange.between(Assignment.NONE, asking, pod("b")).coming())
                .containsExactly(coming);
        assertThat(OwnershipChange.between(asking, later, pod("b")).isEmpty()).isTrue();
    }

    @Test
    void eachKeyIsJudgedAsIfItStoodAlone() {
        // Compares with the obvious model: one key at a time.
        Seeds.check(2_000, random -> {
            Assignment before = Maps.random(random, 1);
            Assignment after = Maps.random(random, 2);
            Resource pod = pod("pod-1");
            OwnershipChange change = OwnershipChange.between(before, after, pod);
            for (Assignment borders : List.of(before, after))
                for (Tenure tenure : borders.tenures()) check(tenure.slice().low(), before, after, pod, change);
        });
    }

    private static void check(SliceKey key, Assignment before, Assignment after, Resource pod, OwnershipChange change) {
        Tenure old = before.tenureOf(key);
        Tenure now = after.tenureOf(key);
        boolean uninterrupted = old.isHeldBy(pod) && now.isHeldBy(pod) && now.continues(old);
        assertThat(covering(change.removed(), key)).isEqualTo(old.isHeldBy(pod) && !uninterrupted ? 1 : 0);
        assertThat(covering(change.added(), key)).isEqualTo(now.isHeldBy(pod) && !uninterrupted ? 1 : 0);
    }

    private static long covering(List<Tenure> tenures, SliceKey key) {
        return tenures.stream().filter(t -> t.slice().contains(key)).count();
    }
}
