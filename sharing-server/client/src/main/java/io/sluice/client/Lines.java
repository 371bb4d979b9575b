package io.sluice.client;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The lines of an answer, one at a time. */
final class Lines implements AutoCloseable {
    static final String CAPABILITIES = "delta-sharing-capabilities";
    /** From this version on, features are told by name. */
    private static final int NEWEST_OF_DELTA = 3;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Features whose readers have to know of them. The last ones concern logs, which recipients do not read. */
    private static final Set<String> KNOWN_FEATURES =
            Set.of("deletionvectors", "columnmapping", "timestampntz", "v2checkpoint", "vacuumprotocolcheck");

    private final HttpResponse<InputStream> response;
    private final BufferedReader reader;
    private Optional<JsonNode> ahead = Optional.empty();

    Lines(HttpResponse<InputStream> response) {
        this(response, Long.MAX_VALUE);
    }

    /** @param mostBytes a longer answer breaks off */
    Lines(HttpResponse<InputStream> response, long mostBytes) {
        this.response = response;
        InputStream bounded = new BoundedInput(response.body(), mostBytes);
        this.reader = new BufferedReader(new InputStreamReader(bounded, StandardCharsets.UTF_8));
    }

    /** The query that is to be asked for again, if that is all there is. Requires: nothing was read yet. */
    Optional<String> pendingQuery() throws IOException {
        JsonNode first = next().orElse(MissingNode.getInstance());
        JsonNode status = first.path("queryStatus");
        if (status.isMissingNode()) {
            ahead = Optional.of(first).filter(JsonNode::isObject);
            return Optional.empty();
        }
        if (!status.path("status").asText().equalsIgnoreCase("pending"))
            throw SharingException.brokenProtocol(
                    "The query failed: %s", status.path("errorMessage").asText("the server does not say why."));
        return Optional.of(status.path("queryId").asText());
    }

    Optional<JsonNode> next() throws IOException {
        Optional<JsonNode> known = ahead;
        ahead = Optional.empty();
        return known.isPresent() ? known : read();
    }

    private Optional<JsonNode> read() throws IOException {
        String line = reader.readLine();
        while (line != null && line.isBlank()) line = reader.readLine();
        if (line == null) return Optional.empty();
        try {
            return Optional.of(MAPPER.readTree(line));
        } catch (JacksonException e) {
            throw SharingException.brokenProtocol("A line of the answer is not JSON.");
        }
    }

    /** Reads what is behind the last line of interest, so that the connection can be used again. */
    void finish() throws IOException {
        reader.transferTo(Writer.nullWriter());
    }

    /** Reads the first two lines, in either format. */
    TableMetadata header() throws IOException {
        JsonNode protocol = next().map(line -> line.path("protocol"))
                .orElseThrow(() -> SharingException.brokenProtocol("The answer is empty."));
        if (protocol.path("deltaProtocol").isObject()) requireKnown(protocol.get("deltaProtocol"), NEWEST_OF_DELTA);
        else requireKnown(protocol, 1);
        JsonNode metadata = next().map(line -> line.path("metaData"))
                .filter(JsonNode::isObject)
                .orElseThrow(() -> SharingException.brokenProtocol("The answer has no metadata."));
        return TableMetadata.of(
                version(response),
                metadata.path("deltaMetadata").isObject() ? metadata.get("deltaMetadata") : metadata);
    }

    private static void requireKnown(JsonNode protocol, int newest) throws SharingException {
        int needed = protocol.path("minReaderVersion").asInt(Integer.MAX_VALUE);
        if (needed > newest)
            throw SharingException.brokenProtocol(
                    "The table needs a reader of version %d; this client reads version %d.", needed, newest);
        for (JsonNode feature : protocol.path("readerFeatures"))
            if (!KNOWN_FEATURES.contains(feature.asText().toLowerCase(Locale.ROOT)))
                throw SharingException.brokenProtocol(
                        "The table needs readers that know %s; this client does not.", feature.asText());
    }

    boolean promisesEnd() {
        return response.headers()
                .firstValue(CAPABILITIES)
                .filter(text -> text.toLowerCase(Locale.ROOT).replace(" ", "").contains("includeendstreamaction=true"))
                .isPresent();
    }

    static long version(HttpResponse<?> response) throws SharingException {
        return response.headers()
                .firstValueAsLong("Delta-Table-Version")
                .orElseThrow(() -> SharingException.brokenProtocol("The answer has no header Delta-Table-Version."));
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
