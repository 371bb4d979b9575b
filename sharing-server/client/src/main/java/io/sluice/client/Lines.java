package io.sluice.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** The lines of an answer, one at a time. */
final class Lines implements AutoCloseable {
    static final String CAPABILITIES = "delta-sharing-capabilities";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpResponse<InputStream> response;
    private final BufferedReader reader;

    Lines(HttpResponse<InputStream> response) {
        this(response, Long.MAX_VALUE);
    }

    /** @param mostBytes a longer answer breaks off */
    Lines(HttpResponse<InputStream> response, long mostBytes) {
        this.response = response;
        InputStream bounded = new BoundedInput(response.body(), mostBytes);
        this.reader = new BufferedReader(new InputStreamReader(bounded, StandardCharsets.UTF_8));
    }

    Optional<JsonNode> next() throws IOException {
        String line = reader.readLine();
        while (line != null && line.isBlank()) line = reader.readLine();
        return line == null ? Optional.empty() : Optional.of(MAPPER.readTree(line));
    }

    /** Reads the first two lines. */
    TableMetadata header() throws IOException {
        JsonNode protocol = next().map(line -> line.path("protocol"))
                .orElseThrow(() -> SharingException.brokenProtocol("The answer is empty."));
        int needed = protocol.path("minReaderVersion").asInt(Integer.MAX_VALUE);
        if (needed > 1)
            throw SharingException.brokenProtocol(
                    "The table needs a reader of version %d; this client reads version 1.", needed);
        JsonNode metadata = next().map(line -> line.path("metaData"))
                .filter(JsonNode::isObject)
                .orElseThrow(() -> SharingException.brokenProtocol("The answer has no metadata."));
        return TableMetadata.of(version(response), metadata);
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
