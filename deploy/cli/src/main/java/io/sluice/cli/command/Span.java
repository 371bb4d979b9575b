package io.sluice.cli.command;

import io.sluice.cli.exit.CommandFailure;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A length of time as people type it: {@code 90s}, {@code 30m}, {@code 12h}, {@code 7d}. */
final class Span {
    private static final Pattern SHAPE = Pattern.compile("(\\d{1,9})([smhd])");

    private Span() {}

    static boolean isOne(String text) {
        return SHAPE.matcher(text).matches();
    }

    static Duration parse(String text) {
        Matcher shape = SHAPE.matcher(text);
        if (!shape.matches())
            throw CommandFailure.usage("\"%s\" is not a length of time. Write it as in 90s, 30m, 12h or 7d.", text);
        long count = Long.parseLong(shape.group(1));
        return switch (shape.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }
}
