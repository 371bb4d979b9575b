package io.sluice.sharing.query;

import io.sluice.sharing.wire.NdjsonAnswer;
import java.util.Map;

/** Headers and lines of the answer to {@code metadata} and {@code query}. */
public record TableAnswer(Map<String, String> headers, NdjsonAnswer body) {
    public static final String VERSION_HEADER = "Delta-Table-Version";

    public TableAnswer {
        headers = Map.copyOf(headers);
    }
}
