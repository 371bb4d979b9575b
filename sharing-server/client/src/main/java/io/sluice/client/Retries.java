package io.sluice.client;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/**
 * When to try again: after 429, 5xx and broken connections, with growing pauses, or after the pause that the server
 * asks for.
 *
 * @param attempts in all; at least 1
 * @param firstPause doubles each time
 * @param longestPause bounds the server's wishes too
 */
public record Retries(int attempts, Duration firstPause, Duration longestPause) {
    public static final Retries DEFAULT = new Retries(5, Duration.ofMillis(500), Duration.ofSeconds(60));

    public Retries {
        if (attempts < 1) throw new IllegalArgumentException("attempts: " + attempts);
    }

    /** @param failed attempts so far; 1 after the first */
    Duration pause(int failed, HttpHeaders headers, Instant now) {
        Duration wanted = headers.firstValue("Retry-After")
                .map(text -> retryAfter(text, now))
                .orElseGet(() -> pause(failed));
        return wanted.compareTo(longestPause) < 0 ? wanted : longestPause;
    }

    Duration pause(int failed) {
        int doublings = Math.min(failed - 1, 20);
        Duration pause = firstPause.multipliedBy(1L << doublings);
        return pause.compareTo(longestPause) < 0 ? pause : longestPause;
    }

    static boolean isWorthIt(int status) {
        return status == 429 || status >= 500;
    }

    /** Seconds or a date; nonsense and the past are no pause at all. */
    private static Duration retryAfter(String text, Instant now) {
        try {
            if (text.strip().chars().allMatch(Character::isDigit))
                return Duration.ofSeconds(Long.parseLong(text.strip()));
            Instant until = ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
        } catch (DateTimeException | NumberFormatException e) {
            return Duration.ZERO;
        }
    }
}
