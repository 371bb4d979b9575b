package io.sluice.sharing.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Lines of JSON, made while they are written, so that an answer of any length needs memory for one line. Can be
 * written once. A failure on the way must break the connection: a clean end would pass for a whole answer.
 */
public final class NdjsonAnswer {
    /** Exactly so: clients compare. */
    public static final String CONTENT_TYPE = "application/x-ndjson; charset=utf-8";

    private static final int BUFFER_BYTES = 64 * 1024;

    private static final Lines NOTHING = new Lines() {
        @Override
        public boolean hasNext() {
            return false;
        }

        @Override
        public void writeNext(LineWriter out) {
            throw new NoSuchElementException();
        }
    };

    /** Lines that follow the header, made while they are written. */
    public interface Lines {
        boolean hasNext();

        /** One line, or some. */
        void writeNext(LineWriter out) throws IOException;
    }

    /** Hears that nothing more will be written. */
    @FunctionalInterface
    public interface End {
        void reached(boolean isWhole);
    }

    private final List<ObjectNode> header;
    private final Lines rest;
    private final End end;

    /**
     * @param header is sent off before the rest is made
     * @param end is told when the answer is written or broken off
     */
    public NdjsonAnswer(List<ObjectNode> header, Lines rest, End end) {
        this.header = List.copyOf(header);
        this.rest = rest;
        this.end = end;
    }

    public static NdjsonAnswer of(List<ObjectNode> lines) {
        return new NdjsonAnswer(lines, NOTHING, isWhole -> {});
    }

    /** Leaves the target open. */
    public void writeTo(OutputStream target) throws IOException {
        OutputStream buffered = new BufferedOutputStream(target, BUFFER_BYTES);
        boolean isWhole = false;
        try (LineWriter out = new LineWriter(buffered)) {
            for (ObjectNode line : header) out.line(line);
            out.flush();
            while (rest.hasNext()) rest.writeNext(out);
            out.flush();
            isWhole = true;
        } finally {
            end.reached(isWhole);
        }
    }
}
