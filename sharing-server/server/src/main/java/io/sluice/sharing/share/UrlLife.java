package io.sluice.sharing.share;

import io.sluice.model.failure.Failure;
import java.time.Duration;

/**
 * How long a URL of a file may open it. A URL that a store presigned cannot be taken back, so this is also how long a
 * recipient may go on reading files after a withdrawal.
 *
 * @param most no URL that was handed out is good for longer
 */
public record UrlLife(Duration most) {
    /** Clients renew URLs, but not in the middle of a file. */
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    /** URLs are cut to windows of time and live up to a quarter longer than they are asked to. */
    private static final int WINDOWS = 5;

    private static final Duration LONGEST = Duration.ofMinutes(15);

    /** Of a share that says nothing. */
    public static final UrlLife DEFAULT = new UrlLife(LONGEST);

    public UrlLife {
        if (most.compareTo(SHORTEST) < 0 || most.compareTo(LONGEST) > 0)
            throw Failure.invalid(
                    "The URLs of a share's files live from %d to %d seconds; wanted were %d.",
                    SHORTEST.toSeconds(), LONGEST.toSeconds(), most.toSeconds());
    }

    public static UrlLife ofSeconds(long seconds) {
        return new UrlLife(Duration.ofSeconds(seconds));
    }

    /** What a signer is asked for. */
    public Duration asked() {
        return most.multipliedBy(WINDOWS - 1).dividedBy(WINDOWS);
    }
}
