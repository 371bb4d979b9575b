package io.sluice.client;

import io.sluice.client.FileLine.Kind;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What changed, one version after the other. A version that hides rows by deletion vectors removes a file and adds the
 * same one: then the change lies in the difference of the two vectors. To find such pairs, the lines of one version are
 * kept together.
 */
final class ChangedParts implements Part.Source {
    private static final Optional<String> INSERT = Optional.of("insert");
    private static final Optional<String> DELETE = Optional.of("delete");

    private final FilePages pages;
    private final Deque<Part> ready = new ArrayDeque<>();
    private @Nullable FileLine first;
    private boolean isAtEnd;

    ChangedParts(FilePages pages) {
        this.pages = pages;
    }

    @Override
    public Optional<Part> next() throws IOException {
        while (ready.isEmpty() && !isAtEnd) ready.addAll(parts(oneVersion()));
        return Optional.ofNullable(ready.poll());
    }

    private List<FileLine> oneVersion() throws IOException {
        List<FileLine> lines = new ArrayList<>();
        FileLine line = first != null ? first : pages.next().orElse(null);
        while (line != null
                && (lines.isEmpty() || line.commit().equals(lines.get(0).commit()))) {
            if (line.commit().isEmpty())
                throw SharingException.brokenProtocol("A changed file does not tell its version.");
            lines.add(line);
            line = pages.next().orElse(null);
        }
        first = line;
        isAtEnd = line == null;
        return lines;
    }

    private static List<Part> parts(List<FileLine> version) {
        Map<String, FileLine> removed = new HashMap<>();
        for (FileLine line : version)
            if (line.kind() == Kind.REMOVE) removed.put(line.file().id(), line);
        List<Part> parts = new ArrayList<>();
        for (FileLine line : version) {
            if (line.kind() == Kind.CHANGES) parts.add(Part.of(line, Optional.empty()));
            if (line.kind() != Kind.ADD) continue;
            FileLine before = removed.remove(line.file().id());
            if (before == null) parts.add(Part.of(line, INSERT));
            else parts.addAll(difference(before, line));
        }
        removed.values().forEach(line -> parts.add(Part.of(line, DELETE)));
        return parts;
    }

    private static List<Part> difference(FileLine before, FileLine after) {
        List<Part> parts = new ArrayList<>();
        Optional<FileLine> hiddenBefore =
                Optional.of(before).filter(line -> line.vector().isPresent());
        Optional<FileLine> hiddenAfter =
                Optional.of(after).filter(line -> line.vector().isPresent());
        if (hiddenAfter.isPresent()) parts.add(new Part(after, DELETE, hiddenAfter, hiddenBefore));
        if (hiddenBefore.isPresent()) parts.add(new Part(after, INSERT, hiddenBefore, hiddenAfter));
        return parts;
    }
}
