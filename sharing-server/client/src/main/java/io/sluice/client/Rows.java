package io.sluice.client;

import io.sluice.client.Row.Columns;
import io.sluice.client.internal.type.DataType.Struct;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows, read file by file while they are asked for. {@link #hasNext} and {@link #next} throw
 * {@link UncheckedIOException} around what went wrong; the rows so far then are not all. Not for several threads. To be
 * closed.
 */
public final class Rows implements Iterator<Row>, AutoCloseable {
    /** A URL that is good for less is renewed before it is used. */
    private static final Duration TIME_TO_FETCH = Duration.ofSeconds(10);

    /** What stores answer to a URL that has expired. */
    private static final Set<Integer> EXPIRED = Set.of(400, 401, 403);

    private final RemoteFiles files;
    private final FilePages pages;
    private final Layout layout;
    private final Part.Source parts;
    private final InstantSource clock;
    private final IdentityHashMap<Struct, Columns> columns = new IdentityHashMap<>();
    private @Nullable PartRows open;
    private @Nullable Row ahead;
    private long left;

    /** @param limit of rows */
    Rows(RemoteFiles files, FilePages pages, Layout layout, Part.Source parts, long limit, InstantSource clock) {
        this.files = files;
        this.pages = pages;
        this.layout = layout;
        this.parts = parts;
        this.left = limit;
        this.clock = clock;
    }

    /** The columns in their order. */
    public List<String> names() {
        return layout.columns().names();
    }

    /** The table's newest version that is read; of changes the first one. */
    public long version() {
        return pages.metadata().version();
    }

    @Override
    public boolean hasNext() {
        if (ahead == null && left > 0)
            try {
                ahead = read();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        return ahead != null;
    }

    @Override
    public Row next() {
        if (!hasNext() || ahead == null) throw new NoSuchElementException();
        Row row = ahead;
        ahead = null;
        left--;
        return row;
    }

    private @Nullable Row read() throws IOException {
        while (true) {
            if (open == null) {
                Optional<Part> part = parts.next();
                if (part.isEmpty()) return null;
                open = opened(part.get());
            }
            @Nullable Object[] values = open.next();
            if (values != null) return row(layout.columns(), values);
            open.close();
            open = null;
        }
    }

    private PartRows opened(Part part) throws IOException {
        boolean isStale = part.lines().anyMatch(this::isStale);
        if (isStale) return PartRows.open(files, layout, renewed(part), this::row);
        try {
            return PartRows.open(files, layout, part, this::row);
        } catch (SharingException refused) {
            if (!EXPIRED.contains(refused.status())) throw refused;
            return PartRows.open(files, layout, renewed(part), this::row);
        }
    }

    private boolean isStale(FileLine line) {
        Instant needed = clock.instant().plus(TIME_TO_FETCH);
        return line.file().urlExpiresAt().filter(needed::isAfter).isPresent();
    }

    private Part renewed(Part part) throws IOException {
        return part.with(pages.renewed(part.lines().toList()));
    }

    private Row row(Struct type, @Nullable Object[] values) {
        return new Row(columns.computeIfAbsent(type, struct -> Columns.of(struct.names())), values);
    }

    @Override
    public void close() throws IOException {
        left = 0;
        ahead = null;
        try (pages) {
            if (open != null) open.close();
        }
    }
}
