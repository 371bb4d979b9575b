package io.sluice.lake.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.model.failure.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UrlWindowTest {
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void everyUrlLivesAtLeastAsLongAsAskedAndAQuarterMoreAtMost() {
        // Any life up to half the limit, at any moment, against the three sentences that define a window.
        Random random = new Random(11);
        for (int i = 0; i < 10_000; i++) {
            Instant now = NOON.plusMillis(random.nextInt(1_000_000_000));
            Duration life = Duration.ofSeconds(4 + random.nextInt(300_000));
            UrlWindow window = UrlWindow.at(now, life, WEEK);

            assertThat(window.start()).isBeforeOrEqualTo(now);
            assertThat(window.end()).isAfterOrEqualTo(now.plus(life));
            assertThat(window.seconds()).isLessThanOrEqualTo(life.toSeconds() * 5 / 4);
        }
    }

    @Test
    void allWhoAskWithinABucketGetTheSameWindow() {
        Set<UrlWindow> windows = new HashSet<>();
        for (int second = 0; second < 3600; second++)
            windows.add(UrlWindow.at(NOON.plusSeconds(second), Duration.ofHours(1), WEEK));

        assertThat(windows).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 604_799, 604_800})
    void theShortestAndTheLongestLifeStayWithinTheLimit(long seconds) {
        UrlWindow window = UrlWindow.at(NOON.plusMillis(999), Duration.ofSeconds(seconds), WEEK);

        assertThat(window.seconds()).isBetween(seconds, Math.min(seconds + 1, WEEK.toSeconds()));
        assertThat(window.end()).isAfterOrEqualTo(NOON.plusSeconds(seconds));
    }

    @Test
    void aWindowEndsWithWhatSignsIt() {
        UrlWindow window = UrlWindow.at(NOON, Duration.ofHours(1), WEEK);

        assertThat(window.endingBy(NOON.plusMillis(90_500)).end()).isEqualTo(NOON.plusSeconds(90));
        assertThat(window.endingBy(NOON.plus(WEEK))).isEqualTo(window);
    }

    @Test
    void livesOutsideOfTheLimitsAreRefused() {
        assertThatThrownBy(() -> UrlWindow.at(NOON, Duration.ofMillis(999), WEEK))
                .isInstanceOf(Failure.class);
        assertThatThrownBy(() -> UrlWindow.at(NOON, WEEK.plusSeconds(1), WEEK)).hasMessageContaining("7 days");
    }
}
