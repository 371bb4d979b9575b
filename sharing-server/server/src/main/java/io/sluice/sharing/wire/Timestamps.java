package io.sluice.sharing.wire;

import io.sluice.model.failure.Failure;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;

/** Moments as clients write them: ISO 8601 with an offset, or the older form without one, which is UTC. */
public final class Timestamps {
    private static final DateTimeFormatter OLDER = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter();

    private Timestamps() {}

    public static Instant parse(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return older(text);
        }
    }

    private static Instant older(String text) {
        try {
            return LocalDateTime.parse(text, OLDER).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw Failure.invalid("\"%s\" is no timestamp. Write it as in 2026-01-31T23:59:59Z.", text);
        }
    }
}
