package io.sluice.sharing.query;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sluice.lake.table.FileIndex;
import io.sluice.sharing.query.FileRenderer.Style;
import io.sluice.sharing.wire.LineWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * Keeps file lines as they were written, for as long as the same lines would be written again: their URLs are anybody's
 * and stay the same for some minutes. Making them takes several times as long as sending them. Safe for many threads.
 */
final class WrittenLines {
    /** Of the heap. */
    private static final int HEAP_SHARE = 8;

    /** A piece is large enough that a table has few, and small enough to be made without delay. */
    private static final int FILES_PER_PIECE = 512;

    /** What a line takes, more or less. A table that would push everything else out is not kept. */
    private static final int BYTES_PER_LINE = 800;

    /** Longer than any URL of theirs is handed out. */
    private static final Duration KEPT = Duration.ofMinutes(15);

    private final long maxBytes = Runtime.getRuntime().maxMemory() / HEAP_SHARE;
    private final Cache<Key, Piece> pieces = Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .<Key, Piece>weigher((key, piece) -> piece.lines().length)
            .expireAfterWrite(KEPT)
            .build();

    private record Key(long index, int piece, Style style) {}

    /** @param bytes that the files have */
    private record Piece(byte[] lines, int files, long bytes) {}

    boolean takes(FileIndex files) {
        return (long) files.size() * BYTES_PER_LINE <= maxBytes;
    }

    /**
     * A page of all files.
     *
     * @param before how many were listed before
     */
    ListedLines page(FileIndex files, long before, OptionalLong most, FileRenderer renderer) {
        long start = Math.min(before, files.size());
        long end = Math.min(files.size(), start + most.orElse(files.size()));
        return new Page(files, (int) start, (int) end, renderer);
    }

    private Piece piece(FileIndex files, int number, FileRenderer renderer) {
        return pieces.get(new Key(files.id(), number, renderer.style()), key -> {
            int first = number * FILES_PER_PIECE;
            return write(files, first, Math.min(files.size(), first + FILES_PER_PIECE), renderer);
        });
    }

    private static Piece write(FileIndex files, int from, int to, FileRenderer renderer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream((to - from) * BYTES_PER_LINE);
        long size = 0;
        try (LineWriter out = new LineWriter(bytes)) {
            for (int position = from; position < to; position++) {
                renderer.write(ListedAction.OfFile.of(files.file(position)), out);
                size += files.file(position).size();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing into memory failed", e);
        }
        return new Piece(bytes.toByteArray(), to - from, size);
    }

    private final class Page implements ListedLines {
        private final FileIndex files;
        private final int start;
        private final int end;
        private final FileRenderer renderer;
        private int position;
        private long bytes;

        Page(FileIndex files, int start, int end, FileRenderer renderer) {
            this.files = files;
            this.start = start;
            this.end = end;
            this.renderer = renderer;
            this.position = start;
        }

        @Override
        public boolean hasNext() {
            return position < end;
        }

        @Override
        public void writeNext(LineWriter out) throws IOException {
            int number = position / FILES_PER_PIECE;
            int pieceEnd = Math.min(files.size(), (number + 1) * FILES_PER_PIECE);
            boolean isWhole = position % FILES_PER_PIECE == 0 && pieceEnd <= end;
            Piece piece = isWhole
                    ? piece(files, number, renderer)
                    : write(files, position, Math.min(end, pieceEnd), renderer);
            out.written(piece.lines());
            position += piece.files();
            bytes += piece.bytes();
        }

        @Override
        public long listed() {
            return files();
        }

        @Override
        public boolean isFollowed() {
            return position < files.size();
        }

        @Override
        public long files() {
            return position - start;
        }

        @Override
        public long bytes() {
            return bytes;
        }
    }
}
