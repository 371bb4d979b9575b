package io.sluice.sharing.wire;

import io.sluice.model.failure.Failure;
import io.sluice.sharing.internal.Digests;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The parameters of a question for the change data feed, checked.
 *
 * @param identity what is asked, without what differs from page to page
 */
public record ChangesRequest(
        OptionalLong startingVersion,
        Optional<Instant> startingTimestamp,
        OptionalLong endingVersion,
        Optional<Instant> endingTimestamp,
        boolean includesHistoricalMetadata,
        boolean includesHistoricalProtocol,
        OptionalLong maxFiles,
        Optional<String> pageToken,
        String identity) {
    private static final List<String> IDENTITY = List.of(
            "startingVersion",
            "startingTimestamp",
            "endingVersion",
            "endingTimestamp",
            "includeHistoricalMetadata",
            "includeHistoricalProtocol");

    /** As they stand in the address. */
    public interface Parameters {
        Optional<String> get(String name);
    }

    public static ChangesRequest parse(Parameters given) {
        OptionalLong maxFiles = number(given, "maxFiles");
        if (maxFiles.isPresent() && maxFiles.getAsLong() == 0)
            throw Failure.invalid("maxFiles is 0. Give a number above 0, or leave it out.");
        ChangesRequest request = new ChangesRequest(
                number(given, "startingVersion"),
                given.get("startingTimestamp").map(Timestamps::parse),
                number(given, "endingVersion"),
                given.get("endingTimestamp").map(Timestamps::parse),
                isTrue(given, "includeHistoricalMetadata"),
                isTrue(given, "includeHistoricalProtocol"),
                maxFiles,
                given.get("pageToken").filter(token -> !token.isEmpty()),
                identity(given));
        request.requireNoContradiction();
        return request;
    }

    private static String identity(Parameters given) {
        StringBuilder asked = new StringBuilder("changes");
        for (String name : IDENTITY) asked.append('\n').append(given.get(name).orElse(""));
        return Digests.sha256(asked.toString());
    }

    private void requireNoContradiction() {
        if (startingVersion.isPresent() == startingTimestamp.isPresent())
            throw Failure.invalid("Give one of startingVersion and startingTimestamp.");
        if (endingVersion.isPresent() && endingTimestamp.isPresent())
            throw Failure.invalid("Give at most one of endingVersion and endingTimestamp.");
    }

    public boolean wantsLastLine() {
        return maxFiles.isPresent() || pageToken.isPresent();
    }

    /** The Python client writes it as its own language does. */
    private static boolean isTrue(Parameters given, String name) {
        return given.get(name).filter(text -> text.equalsIgnoreCase("true")).isPresent();
    }

    private static OptionalLong number(Parameters given, String name) {
        Optional<String> text = given.get(name);
        if (text.isEmpty()) return OptionalLong.empty();
        try {
            long number = Long.parseLong(text.get().trim());
            if (number < 0) throw Failure.invalid("%s is %d. It cannot be negative.", name, number);
            return OptionalLong.of(number);
        } catch (NumberFormatException e) {
            throw Failure.invalid("%s is \"%s\". Write a whole number.", name, text.get());
        }
    }
}
