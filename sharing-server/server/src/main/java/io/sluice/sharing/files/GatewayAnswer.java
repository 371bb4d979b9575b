package io.sluice.sharing.files;

import java.util.Map;

/**
 * Status and headers of an answer, {@code Content-Length} included, and where its body comes from. The body must be
 * closed. For HEAD it is empty whatever the length says.
 */
public record GatewayAnswer(int status, Map<String, String> headers, GatewayBody body) implements AutoCloseable {
    public GatewayAnswer {
        headers = Map.copyOf(headers);
    }

    @Override
    public void close() {
        body.close();
    }
}
