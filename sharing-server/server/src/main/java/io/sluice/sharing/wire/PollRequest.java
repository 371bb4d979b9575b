package io.sluice.sharing.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.sharing.internal.Json;
import java.util.Optional;
import java.util.OptionalLong;

/** The body by which the sender of a query asks for its answer. */
public record PollRequest(OptionalLong maxFiles, Optional<String> pageToken) {
    public static PollRequest parse(byte[] body) {
        ObjectNode json = Json.body(body);
        return new PollRequest(QueryRequest.maxFiles(json), QueryRequest.pageToken(json));
    }
}
