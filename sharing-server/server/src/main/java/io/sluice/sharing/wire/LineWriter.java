package io.sluice.sharing.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.sharing.internal.Json;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;

/** Writes lines of JSON, one after the other, and lines that were written before. Leaves its target open. */
public final class LineWriter implements Closeable {
    private final OutputStream target;
    private final JsonGenerator json;

    public LineWriter(OutputStream target) throws IOException {
        this.target = target;
        this.json = Json.MAPPER.createGenerator(target);
        json.setRootValueSeparator(null);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        // A failure leaves a line unfinished, and nobody may take it for a whole one.
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
    }

    /** For one line, which {@link #endLine} ends. */
    public JsonGenerator json() {
        return json;
    }

    public void endLine() throws IOException {
        json.writeRaw('\n');
    }

    public void line(ObjectNode line) throws IOException {
        json.writeTree(line);
        endLine();
    }

    /** Lines with their ends. */
    public void written(byte[] lines) throws IOException {
        json.flush();
        target.write(lines);
    }

    public void flush() throws IOException {
        json.flush();
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
