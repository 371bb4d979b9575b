package io.sluice.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A line that tells of a file, in either format.
 *
 * @param commit empty where the answer is a table at one version
 */
record FileLine(Kind kind, RemoteFile file, Optional<Vector> vector, Optional<Commit> commit) {
    private static final Map<String, Kind> PARQUET_KINDS =
            Map.of("file", Kind.ADD, "add", Kind.ADD, "remove", Kind.REMOVE, "cdf", Kind.CHANGES);
    private static final Map<String, Kind> DELTA_KINDS =
            Map.of("add", Kind.ADD, "remove", Kind.REMOVE, "cdc", Kind.CHANGES);

    enum Kind {
        ADD,
        REMOVE,
        /** Its rows tell themselves what became of them. */
        CHANGES
    }

    record Commit(long version, Instant time) {}

    /** What names a file in an answer for ever, while URLs come and go. */
    record Identity(Kind kind, String file, Optional<Commit> commit) {}

    /** @param storage {@code i} for a vector that stands in the text itself, else the text is a URL */
    record Vector(String storage, String text, long offset, int size, long cardinality) {
        static Vector of(JsonNode json) {
            return new Vector(
                    json.path("storageType").asText(),
                    json.path("pathOrInlineDv").asText(),
                    // Behind the one byte that tells the format of the file.
                    json.path("offset").asLong(1),
                    json.path("sizeInBytes").asInt(),
                    json.path("cardinality").asLong());
        }

        boolean isInline() {
            return storage.equals("i");
        }
    }

    /** Empty for a line that tells of something else. */
    static Optional<FileLine> of(JsonNode line) throws SharingException {
        JsonNode action = line.path("file").path("deltaSingleAction");
        if (action.isObject()) return Optional.of(delta(line.get("file"), action));
        for (var kind : PARQUET_KINDS.entrySet()) {
            JsonNode file = line.path(kind.getKey());
            if (file.isObject())
                return Optional.of(new FileLine(kind.getValue(), RemoteFile.of(file), Optional.empty(), commit(file)));
        }
        return Optional.empty();
    }

    private static FileLine delta(JsonNode file, JsonNode action) throws SharingException {
        for (var kind : DELTA_KINDS.entrySet()) {
            JsonNode found = action.path(kind.getKey());
            if (!found.isObject()) continue;
            if (!found.path("size").isIntegralNumber())
                throw SharingException.brokenProtocol("A file of the answer does not tell its size.");
            JsonNode vector = found.path("deletionVector");
            return new FileLine(
                    kind.getValue(),
                    RemoteFile.of(file, found),
                    vector.isObject() ? Optional.of(Vector.of(vector)) : Optional.empty(),
                    commit(file));
        }
        throw SharingException.brokenProtocol("A file of the answer is neither added nor removed nor of changes.");
    }

    private static Optional<Commit> commit(JsonNode json) {
        return json.path("version").isIntegralNumber()
                ? Optional.of(new Commit(
                        json.get("version").asLong(),
                        Instant.ofEpochMilli(json.path("timestamp").asLong())))
                : Optional.empty();
    }

    Identity identity() {
        return new Identity(kind, file.id(), commit);
    }

    /** The file that holds the vector. Requires: there is a vector, and it is not inline. */
    static RemoteFile fileOf(Vector vector, long end) {
        return new RemoteFile(URI.create(vector.text()), "", end, Map.of(), Optional.empty(), Optional.empty());
    }
}
