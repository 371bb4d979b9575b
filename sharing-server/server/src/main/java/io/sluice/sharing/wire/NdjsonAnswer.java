package io.sluice.sharing.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.sharing.internal.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/**
 * Lines of JSON, made while they are written, so that an answer of any length needs memory for one line. Can be
 * written once. A failure on the way must break the connection: a clean end would pass for a whole answer.
 */
public final class NdjsonAnswer {
    /** Exactly so: clients compare. */
    public static final String CONTENT_TYPE = "application/x-ndjson; charset=utf-8";

    private static final int BUFFER_BYTES = 32 * 1024;

    /** Hears that nothing more will be written. */
    @FunctionalInterface
    public interface End {
        void reached(boolean isWhole);
    }

    private final List<ObjectNode> header;
    private final Iterator<ObjectNode> rest;
    private final End end;

    /**
     * @param header is sent off before the rest is made
     * @param end is told when the answer is written or broken off
     */
    public NdjsonAnswer(List<ObjectNode> header, Iterator<ObjectNode> rest, End end) {
        this.header = List.copyOf(header);
        this.rest = rest;
        this.end = end;
    }

    public static NdjsonAnswer of(List<ObjectNode> lines) {
        return new NdjsonAnswer(lines, Collections.emptyIterator(), isWhole -> {});
    }

    /** Leaves the target open. */
    public void writeTo(OutputStream target) throws IOException {
        OutputStream out = new BufferedOutputStream(target, BUFFER_BYTES);
        boolean isWhole = false;
        try {
            for (ObjectNode line : header) write(out, line);
            out.flush();
            while (rest.hasNext()) write(out, rest.next());
            out.flush();
            isWhole = true;
        } finally {
            end.reached(isWhole);
        }
    }

    private static void write(OutputStream out, ObjectNode line) throws IOException {
        out.write(Json.MAPPER.writeValueAsBytes(line));
        out.write('\n');
    }
}
