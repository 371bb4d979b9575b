package io.sluice.client;

import io.sluice.client.FileLine.Identity;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Some rows of a file.
 *
 * @param changeType what became of them; empty where nothing did, or they tell it themselves
 * @param only if present, the rows that this line's deletion vector hides, and no others
 * @param without if present, not the rows that this line's deletion vector hides
 */
record Part(FileLine line, Optional<String> changeType, Optional<FileLine> only, Optional<FileLine> without) {
    /** The rows that the line tells of. */
    static Part of(FileLine line, Optional<String> changeType) {
        return new Part(
                line,
                changeType,
                Optional.empty(),
                Optional.of(line).filter(any -> any.vector().isPresent()));
    }

    Stream<FileLine> lines() {
        return Stream.of(Optional.of(line), only, without).flatMap(Optional::stream);
    }

    /** With fresh URLs. */
    Part with(Map<Identity, FileLine> fresh) {
        return new Part(
                fresh.getOrDefault(line.identity(), line),
                changeType,
                only.map(old -> fresh.getOrDefault(old.identity(), old)),
                without.map(old -> fresh.getOrDefault(old.identity(), old)));
    }

    /** Parts in the order in which they are to be read. */
    @FunctionalInterface
    interface Source {
        Optional<Part> next() throws IOException;
    }
}
