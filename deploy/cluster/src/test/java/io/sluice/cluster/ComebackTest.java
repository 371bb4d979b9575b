package io.sluice.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ComebackTest {
    private final Comeback comeback = new Comeback();

    @Test
    void thePauseGrowsWithEachEndingUpToABound() {
        Duration last = Duration.ZERO;
        for (int ending = 0; ending < 5; ending++) {
            Duration pause = comeback.after(Duration.ofSeconds(1));
            assertThat(pause).isGreaterThan(last);
            last = pause;
        }
        for (int ending = 0; ending < 50; ending++) last = comeback.after(Duration.ofSeconds(1));
        assertThat(last).isEqualTo(Comeback.LONGEST);
    }

    @Test
    void whoLivedForAWhileComesBackAtOnce() {
        for (int ending = 0; ending < 10; ending++) comeback.after(Duration.ZERO);
        assertThat(comeback.after(Comeback.SETTLED)).isEqualTo(Comeback.FIRST);
    }
}
