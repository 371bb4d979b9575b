package io.sluice.lake.store;

import io.sluice.model.failure.Failure;
import java.time.Duration;
import java.time.Instant;

/**
 * When a URL is valid. Time is cut into buckets, and whoever asks within one bucket for the same life gets the same
 * window, so that equal answers stay byte-equal and caches may keep them. A URL asked for at the end of a bucket still
 * lives as long as it was asked to, therefore all of them live longer by up to one bucket.
 *
 * @param start in whole seconds, up to a bucket before the moment of asking
 * @param end in whole seconds
 */
public record UrlWindow(Instant start, Instant end) {
    /** What a cache gains from a longer bucket is little; what a thief of a URL gains is all of it. */
    private static final long LONGEST_BUCKET_SECONDS = 15 * 60;

    private static final int BUCKETS_PER_LIFE = 4;

    /** @param longest what the service accepts */
    public static UrlWindow at(Instant now, Duration life, Duration longest) {
        if (life.compareTo(Duration.ofSeconds(1)) < 0 || life.compareTo(longest) > 0)
            throw Failure.invalid(
                    "A presigned URL lives from 1 second to %d days; asked were %s.", longest.toDays(), life);
        long lifeSeconds = life.plusNanos(999_999_999).toSeconds();
        long bucket = bucketSeconds(lifeSeconds, longest.toSeconds());
        long start = Math.floorDiv(now.getEpochSecond(), bucket) * bucket;
        // A life at the service's limit loses the second that has begun: windows know whole seconds only.
        long end = start + Math.min(lifeSeconds + bucket, longest.toSeconds());
        return new UrlWindow(Instant.ofEpochSecond(start), Instant.ofEpochSecond(end));
    }

    /** This window, ending no later than what signs it. */
    UrlWindow endingBy(Instant limit) {
        if (!limit.isBefore(end)) return this;
        return new UrlWindow(start, Instant.ofEpochSecond(limit.getEpochSecond()));
    }

    long seconds() {
        return end.getEpochSecond() - start.getEpochSecond();
    }

    private static long bucketSeconds(long life, long longest) {
        long wanted = Math.min(life / BUCKETS_PER_LIFE, LONGEST_BUCKET_SECONDS);
        return Math.max(1, Math.min(wanted, longest - life));
    }
}
