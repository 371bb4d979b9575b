package io.sluice.bench.conformance.wire;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request that is not sent yet. Unchangeable: each step answers another one.
 *
 * @param token empty for none
 * @param isHandedOut the URL itself is the secret, so it is not shown
 */
public record Call(
        Server server,
        String method,
        String url,
        String token,
        boolean isHandedOut,
        Map<String, String> headers,
        @Nullable String json) {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int SHOWN_BODY = 300;

    public Call {
        headers = Map.copyOf(headers);
    }

    static Call authorized(Server server, String method, String url, String token) {
        return new Call(server, method, url, token, false, Map.of(), null);
    }

    static Call bare(Server server, String url) {
        return new Call(server, "GET", url, "", true, Map.of(), null);
    }

    public Call with(String header, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(header, value);
        return new Call(server, method, url, token, isHandedOut, more, json);
    }

    public Call capabilities(String text) {
        return with("delta-sharing-capabilities", text);
    }

    public Call param(String name, Object value) {
        String more = (url.contains("?") ? "&" : "?") + name + "=" + Server.encoded(value.toString());
        return new Call(server, method, url + more, token, isHandedOut, headers, json);
    }

    public Call method(String other) {
        return new Call(server, other, url, token, isHandedOut, headers, json);
    }

    public Call body(String text) {
        return new Call(server, method, url, token, isHandedOut, headers, text);
    }

    public Call token(String other) {
        return new Call(server, method, url, other, isHandedOut, headers, json);
    }

    public Call withoutToken() {
        return token("");
    }

    public Answer send() throws IOException, InterruptedException {
        server.sending(this);
        var response = server.http().send(request(), BodyHandlers.ofByteArray());
        Answer answer = new Answer(this, response.statusCode(), response.headers(), response.body());
        server.answered(answer);
        return answer;
    }

    private HttpRequest request() {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).header("User-Agent", "sluice-conformance/1");
        if (!token.isEmpty()) request.header("Authorization", "Bearer " + token);
        if (json != null) request.header("Content-Type", "application/json; charset=utf-8");
        headers.forEach(request::setHeader);
        return request.method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json))
                .build();
    }

    /** For the shell, with {@code $TOKEN} in the place of the token. */
    public String curl() {
        StringBuilder line = new StringBuilder("curl -i");
        if (method.equals("HEAD")) line.append(" -I");
        else if (!method.equals(json == null ? "GET" : "POST"))
            line.append(" -X ").append(method);
        if (!token.isEmpty()) line.append(" -H \"Authorization: Bearer $TOKEN\"");
        headers.forEach((name, value) -> line.append(" -H ").append(quoted(name + ": " + shown(name, value))));
        if (json != null) line.append(" --data ").append(quoted(cut(json)));
        return line.append(' ').append(isHandedOut ? handedOut() : quoted(url)).toString();
    }

    private static String shown(String header, String value) {
        return header.equalsIgnoreCase("Authorization") ? value.replaceAll(" .*", " …") : value;
    }

    private String handedOut() {
        URI uri = URI.create(url);
        return quoted(uri.getScheme() + "://" + uri.getRawAuthority() + "/… (the URL of a file, which is a secret)");
    }

    private static String cut(String text) {
        return text.length() <= SHOWN_BODY
                ? text
                : text.substring(0, SHOWN_BODY) + "… (" + text.length() + " characters)";
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** Without the token. */
    @Override
    public String toString() {
        return curl();
    }
}
