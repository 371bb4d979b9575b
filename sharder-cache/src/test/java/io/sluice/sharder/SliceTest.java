package io.sluice.sharder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SliceTest {
    private static final SliceKey MIDDLE = new SliceKey(Long.MIN_VALUE);
    private static final SliceKey TOP = new SliceKey(-1);

    @Test
    void theHighEndIsOutsideAndTheEndOfTheKeySpaceIsInside() {
        Slice lower = Slice.of(SliceKey.ROOT, MIDDLE);
        Slice upper = Slice.from(MIDDLE);

        assertThat(lower.contains(MIDDLE)).isFalse();
        assertThat(upper.contains(MIDDLE)).isTrue();
        assertThat(upper.contains(TOP)).isTrue();
        assertThat(lower.meets(upper)).isTrue();
        assertThat(lower.overlaps(upper)).isFalse();
        assertThat(lower.intersect(Slice.ALL)).contains(lower);
    }

    @Test
    void aClosedRangeUpToTheLastKeyHasNoHighEnd() {
        assertThat(Slice.closed(MIDDLE, TOP)).isEqualTo(Slice.from(MIDDLE));
    }

    @Test
    void anEmptySliceCannotBeBuilt() {
        assertThatThrownBy(() -> Slice.of(MIDDLE, MIDDLE)).hasMessageContaining("empty");
        assertThatThrownBy(() -> Slice.of(TOP, MIDDLE)).hasMessageContaining("not below");
    }

    @Test
    void whatIsLeftOfASliceAndWhatIsTakenAreTheWhole() {
        Slice whole = Slice.of(new SliceKey(10), new SliceKey(20));

        assertThat(whole.minus(Slice.of(new SliceKey(12), new SliceKey(15))))
                .containsExactly(
                        Slice.of(new SliceKey(10), new SliceKey(12)), Slice.of(new SliceKey(15), new SliceKey(20)));
        assertThat(whole.minus(Slice.from(new SliceKey(15))))
                .containsExactly(Slice.of(new SliceKey(10), new SliceKey(15)));
        assertThat(whole.minus(Slice.ALL)).isEmpty();
        assertThat(whole.minus(Slice.from(new SliceKey(20)))).containsExactly(whole);
    }
}
