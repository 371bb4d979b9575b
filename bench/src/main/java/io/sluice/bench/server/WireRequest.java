package io.sluice.bench.server;

import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A request in the bytes that go over the wire, made once and sent many times. */
public record WireRequest(String host, int port, byte[] bytes) {

    public static WireRequest get(URI uri, String... headers) {
        return of("GET", uri, "", headers);
    }

    public static WireRequest post(URI uri, String body, String... headers) {
        return of("POST", uri, body, headers);
    }

    private static WireRequest of(String method, URI uri, String body, String... headers) {
        String target = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        StringBuilder text =
                new StringBuilder("%s %s HTTP/1.1\r\nHost: %s\r\n".formatted(method, target, uri.getAuthority()));
        for (String header : headers) text.append(header).append("\r\n");
        if (!body.isEmpty())
            text.append("Content-Type: application/json\r\nContent-Length: ")
                    .append(body.getBytes(StandardCharsets.UTF_8).length)
                    .append("\r\n");
        text.append("\r\n").append(body);
        return new WireRequest(uri.getHost(), uri.getPort(), text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
