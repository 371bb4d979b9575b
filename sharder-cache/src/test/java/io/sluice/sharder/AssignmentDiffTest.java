package io.sluice.sharder;

import static io.sluice.sharder.testkit.Maps.assignment;
import static io.sluice.sharder.testkit.Maps.held;
import static io.sluice.sharder.testkit.Maps.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sharder.testkit.Maps;
import io.sluice.sharder.testkit.Seeds;
import java.util.List;
import org.junit.jupiter.api.Test;

class AssignmentDiffTest {
    @Test
    void applyingTheDifferenceOfTwoMapsToTheFirstGivesTheSecond() {
        Seeds.check(2_000, random -> {
            Assignment a = random.nextInt(10) == 0 ? Assignment.NONE : Maps.random(random, 1);
            Assignment b = Maps.random(random, 2);
            assertThat(AssignmentDiff.between(a, b).applyTo(a)).contains(b);
        });
    }

    @Test
    void aDifferenceDoesNotFitAnyOtherMap() {
        Seeds.check(500, random -> {
            Assignment a = Maps.random(random, 1);
            Assignment b = Maps.random(random, 2);
            Assignment stranger = Maps.random(random, 1);
            var applied = AssignmentDiff.between(a, b).applyTo(stranger);
            // It may fit by chance where the two agree on all that stays; then the result is right nevertheless.
            if (applied.isPresent()) assertThat(applied).contains(b);
            assertThat(AssignmentDiff.between(a, b).applyTo(b)).isEmpty();
        });
    }

    @Test
    void onlyWhatChangedTravels() {
        SliceKey middle = new SliceKey(Long.MIN_VALUE);
        Tenure lower = held(Slice.of(SliceKey.ROOT, middle), pod("a"), 1);
        Tenure upper = held(Slice.from(middle), pod("a"), 1);
        Tenure moved = held(Slice.from(middle), pod("b"), 2);

        AssignmentDiff diff = AssignmentDiff.between(assignment(1, lower, upper), assignment(2, lower, moved));

        assertThat(diff.changed()).isEqualTo(List.of(moved));
    }
}
