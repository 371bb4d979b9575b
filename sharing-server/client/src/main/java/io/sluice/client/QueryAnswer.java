package io.sluice.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Optional;

/**
 * The files of a table at one version, read from the connection while they are asked for. Not for several threads. To
 * be closed.
 */
public final class QueryAnswer implements AutoCloseable {
    private final Lines lines;
    private final TableMetadata metadata;
    private boolean isAtEnd;

    QueryAnswer(Lines lines) throws IOException {
        this.lines = lines;
        this.metadata = lines.header();
    }

    public TableMetadata metadata() {
        return metadata;
    }

    public long version() {
        return metadata.version();
    }

    /**
     * The next file; empty at the end. Throws when the server broke the answer off, or promised a last line and did
     * not send it: the files so far then are not the whole table.
     */
    public Optional<RemoteFile> next() throws IOException {
        if (isAtEnd) return Optional.empty();
        Optional<JsonNode> line = lines.next();
        if (line.isEmpty()) {
            isAtEnd = true;
            if (lines.promisesEnd())
                throw SharingException.brokenProtocol("The answer ends without the promised last line. Query again.");
            return Optional.empty();
        }
        if (line.get().has("file")) return Optional.of(RemoteFile.of(line.get().get("file")));
        if (!line.get().has("endStreamAction"))
            throw SharingException.brokenProtocol("The answer has a line that is neither file nor end.");
        isAtEnd = true;
        failOnError(line.get().get("endStreamAction"));
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    private static void failOnError(JsonNode end) throws SharingException {
        String message = end.path("errorMessage").asText("");
        if (!message.isEmpty())
            throw new SharingException(end.path("httpStatusErrorCode").asInt(0), "", message);
    }
}
