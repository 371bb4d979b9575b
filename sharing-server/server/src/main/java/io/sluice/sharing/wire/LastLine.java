package io.sluice.sharing.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.sharing.internal.Json;
import java.time.Instant;
import java.util.Optional;

/**
 * The last line, for clients that asked: without it they must take the answer for broken off.
 *
 * @param refreshToken brings the same files with fresh URLs
 * @param nextPage brings the rest
 */
public record LastLine(Optional<String> refreshToken, Optional<String> nextPage, Instant firstUrlExpiry) {
    /** Instead of it, for an answer that failed when its beginning was sent already. */
    public static ObjectNode failed(SharingErrors.Answer failure) {
        ObjectNode line = Json.object();
        line.putObject("endStreamAction")
                .put("errorMessage", failure.message())
                .put("httpStatusErrorCode", failure.status());
        return line;
    }

    public ObjectNode json() {
        ObjectNode line = Json.object();
        ObjectNode action = line.putObject("endStreamAction");
        refreshToken.ifPresent(token -> action.put("refreshToken", token));
        nextPage.ifPresent(token -> action.put("nextPageToken", token));
        action.put("minUrlExpirationTimestamp", firstUrlExpiry.toEpochMilli());
        return line;
    }
}
