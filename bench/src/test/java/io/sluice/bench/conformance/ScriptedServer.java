package io.sluice.bench.conformance;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A sharing server of two shares with one table each, which keeps the protocol but for the faults it is given. */
final class ScriptedServer implements AutoCloseable {
    static {
        // Else head and body of an answer go in two packets, and the second waits for the first one's receipt.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    static final String TOKEN = "scripted-secret-token";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NDJSON = "application/x-ndjson; charset=utf-8";
    private static final List<String> SHARES = List.of("first", "second");
    private static final String SECRET = "only the server knows";

    private final HttpServer http;
    private final Set<Fault> faults;

    private ScriptedServer(HttpServer http, Set<Fault> faults) {
        this.http = http;
        this.faults = faults;
    }

    static ScriptedServer start(Fault... faults) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ScriptedServer server = new ScriptedServer(http, Set.of(faults));
        http.createContext("/", server::answer);
        http.start();
        return server;
    }

    String profile() {
        return "{\"shareCredentialsVersion\":1,\"endpoint\":\"%s/api\",\"bearerToken\":\"%s\"}"
                .formatted(base(), TOKEN);
    }

    private String base() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    @Override
    public void close() {
        http.stop(0);
    }

    /** What a request says that does not please. */
    private static final class Refused extends RuntimeException {
        final int status;

        Refused(int status) {
            this.status = status;
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try {
            route(exchange);
        } catch (Refused refused) {
            boolean isText = refused.status == 401 && has(Fault.PLAIN_TEXT_401);
            exchange.getResponseHeaders().set("Content-Type", isText ? "text/plain" : "application/json");
            send(exchange, refused.status, "{\"errorCode\":\"REFUSED\",\"message\":\"It cannot be done.\"}");
        } finally {
            exchange.close();
        }
    }

    private void route(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.startsWith("/files/")) {
            file(exchange, path.substring("/files/".length()));
            return;
        }
        String[] parts = (has(Fault.NAMES_WITH_CASE) ? path : path.toLowerCase(Locale.ROOT)).split("/");
        boolean isOfTable = parts.length > 7;
        boolean isOpen = isOfTable && has(Fault.TABLES_WITHOUT_TOKEN);
        if (!isOpen) authenticate(exchange.getRequestHeaders().getFirst("Authorization"));
        if (parts.length < 3 || !parts[2].equals("shares")) throw new Refused(404);
        if (parts.length == 3 && !exchange.getRequestMethod().equals("GET")) throw new Refused(405);
        if (parts.length > 3 && !SHARES.contains(parts[3])) throw new Refused(404);
        if (parts.length < 8) {
            exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
            list(exchange, Arrays.asList(parts).subList(3, parts.length));
            return;
        }
        if (!parts[5].equals("schema") || !parts[7].equals("table")) throw new Refused(404);
        table(exchange, parts[3], parts.length > 8 ? parts[8] : "version");
    }

    private void authenticate(String header) {
        String given = header == null ? "" : header;
        if (!given.toLowerCase(Locale.ROOT).startsWith("bearer ")
                || !given.substring(7).equals(TOKEN)) throw new Refused(401);
    }

    private void list(HttpExchange exchange, List<String> path) throws IOException {
        if (path.size() == 1) {
            send(exchange, 200, "{\"share\":{\"name\":\"" + path.get(0) + "\"}}");
            return;
        }
        List<String> items = new ArrayList<>();
        if (path.isEmpty()) SHARES.forEach(share -> items.add("{\"name\":\"" + share + "\"}"));
        else if (path.get(1).equals("schemas") && path.size() == 2)
            items.add("{\"name\":\"schema\",\"share\":\"" + path.get(0) + "\"}");
        else if (path.get(1).equals("all-tables")
                || path.size() == 4 && path.get(2).equals("schema"))
            items.add("{\"name\":\"table\",\"schema\":\"schema\",\"share\":\"" + path.get(0) + "\"}");
        else throw new Refused(404);
        send(exchange, 200, page(items, parameters(exchange)));
    }

    private String page(List<String> items, Map<String, String> parameters) {
        int from = number(parameters.getOrDefault("pageToken", "0"));
        int size = number(parameters.getOrDefault("maxResults", "500"));
        if (size < 0 && !has(Fault.NEGATIVE_PAGES) || size > 500 || from > items.size()) throw new Refused(400);
        int to = Math.min(items.size(), from + Math.max(0, size));
        boolean isLast = to == items.size() || size == 0 || has(Fault.LIST_FORGETS_A_PAGE);
        return "{\"items\":" + items.subList(from, to) + (isLast ? "" : ",\"nextPageToken\":\"" + to + "\"") + "}";
    }

    private void table(HttpExchange exchange, String share, String call) throws IOException {
        exchange.getResponseHeaders().set("Delta-Table-Version", "7");
        exchange.getResponseHeaders().set("Content-Type", has(Fault.JSON_CONTENT_TYPE) ? "application/json" : NDJSON);
        switch (call) {
            case "version" -> version(exchange);
            case "metadata" -> {
                if (!parameters(exchange).isEmpty()) throw new Refused(400);
                capabilities(exchange, false);
                send(exchange, 200, HEAD + (has(Fault.THIRD_METADATA_LINE) ? "{}\n" : ""));
            }
            case "query" -> query(exchange, share);
            case "changes" -> throw new Refused(400);
            default -> throw new Refused(404);
        }
    }

    private void version(HttpExchange exchange) throws IOException {
        if (parameters(exchange).containsKey("startingTimestamp")) throw new Refused(400);
        send(exchange, 200, has(Fault.VERSION_WITH_BODY) ? "7" : "");
    }

    private static final String HEAD = """
            {"protocol":{"minReaderVersion":1}}
            {"metaData":{"id":"t","format":{"provider":"parquet"},"partitionColumns":["day"],"numFiles":3,"size":36,\
            "schemaString":"{\\"type\\":\\"struct\\",\\"fields\\":[{\\"name\\":\\"day\\",\\"type\\":\\"string\\",\\"nullable\\":true,\\"metadata\\":{}}]}"}}
            """;

    private void query(HttpExchange exchange, String share) throws IOException {
        JsonNode body = body(exchange);
        for (String field : List.of("version", "timestamp", "startingVersion"))
            if (body.has(field)) throw new Refused(400);
        for (String field : List.of("limitHint", "maxFiles"))
            if (body.has(field) && !body.path(field).isInt()) throw new Refused(400);
        int most = body.path("maxFiles").asInt(1_000);
        if (most < 1 || body.path("limitHint").asInt(0) < 0) throw new Refused(400);
        List<Integer> files = chosen(body);
        int from = body.has("pageToken") ? opened(body.path("pageToken").asText(), share, body) : 0;
        int to = Math.min(files.size(), from + most);
        boolean isAsked = asks(exchange, "includeendstreamaction=true");
        boolean endsStream =
                body.has("maxFiles") || has(Fault.UNASKED_LAST_LINE) || isAsked && !has(Fault.BROKEN_PROMISE);
        capabilities(exchange, isAsked);
        StringBuilder lines = new StringBuilder(HEAD);
        for (int file : files.subList(from, to)) lines.append(line(file));
        int next = to + (has(Fault.PAGES_LOSE_A_FILE) ? 1 : 0);
        if (endsStream)
            lines.append("{\"endStreamAction\":{")
                    .append(next < files.size() ? "\"nextPageToken\":\"" + token(next, share, body) + "\"" : "")
                    .append("}}\n");
        if (has(Fault.BREAKS_OFF)) lines.setLength(lines.length() - 20);
        send(exchange, 200, lines.toString());
    }

    /** Files 0 and 1 are of Monday, file 2 is of Tuesday. */
    private List<Integer> chosen(JsonNode body) throws IOException {
        String hint = body.path("jsonPredicateHints").asText();
        boolean wantsMonday =
                hint.startsWith("{\"op\":\"equal\"") && hint.contains("\"day\"") && hint.contains("Monday");
        boolean wantsTuesday =
                hint.startsWith("{\"op\":\"equal\"") && hint.contains("\"day\"") && hint.contains("Tuesday");
        List<Integer> files = new ArrayList<>(List.of(0, 1, 2));
        if (has(Fault.LIMIT_BEFORE_PREDICATE) && body.path("limitHint").asInt() == 1) files = files.subList(0, 1);
        if (wantsMonday) files.remove(Integer.valueOf(has(Fault.HINTS_LOSE_FILES) ? 1 : 2));
        if (wantsTuesday) files.removeIf(file -> file < 2);
        return files;
    }

    private String line(int file) {
        String signature = has(Fault.OPEN_FILES) ? "x".repeat(20) : signature("file" + file);
        return "{\"file\":{\"url\":\"%s/files/%d-%s\",\"id\":\"id%d\",\"size\":12,\"partitionValues\":{\"day\":\"%s\"}}}\n"
                .formatted(base(), file, signature, file, file < 2 ? "Monday" : "Tuesday");
    }

    private void capabilities(HttpExchange exchange, boolean promises) {
        String asked = exchange.getRequestHeaders().getFirst("delta-sharing-capabilities");
        String formats = asked == null ? "" : asked.toLowerCase(Locale.ROOT);
        if (formats.contains("responseformat=") && !formats.contains("parquet")) throw new Refused(400);
        String format = has(Fault.LOUD_CAPABILITIES) ? "responseFormat=PARQUET" : "responseformat=parquet";
        exchange.getResponseHeaders()
                .set("delta-sharing-capabilities", format + (promises ? ";includeendstreamaction=true" : ""));
    }

    private static boolean asks(HttpExchange exchange, String capability) {
        String asked = exchange.getRequestHeaders().getFirst("delta-sharing-capabilities");
        return asked != null && asked.contains(capability);
    }

    private String token(int next, String share, JsonNode body) {
        return next + "-" + signature(next + share + identity(body));
    }

    private int opened(String token, String share, JsonNode body) {
        int next = number(token.replaceAll("-.*", ""));
        boolean isOurs = token.equals(token(next, share, body))
                && !body.path("includeRefreshToken").asBoolean();
        if (!isOurs && !has(Fault.UNSIGNED_PAGE_TOKENS)) throw new Refused(400);
        return next;
    }

    private static String identity(JsonNode body) {
        return body.path("limitHint").asText() + body.path("jsonPredicateHints").asText();
    }

    private static String signature(String text) {
        return Long.toHexString(0x1234567890abcdefL * (SECRET + text).hashCode()) + "0000";
    }

    private void file(HttpExchange exchange, String name) throws IOException {
        String wanted = line(number(name.substring(0, 1)));
        if (!wanted.contains("/files/" + name + "\"") && !has(Fault.OPEN_FILES)) throw new Refused(403);
        byte[] bytes = (has(Fault.NO_PARQUET) ? "text not parq" : "PAR1rowsPAR1")
                .substring(0, 12)
                .getBytes(StandardCharsets.US_ASCII);
        String[] range = exchange.getRequestHeaders()
                .getFirst("Range")
                .substring("bytes=".length())
                .split("-");
        int from = number(range[0]);
        int to = number(range[1]);
        exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + to + "/" + bytes.length);
        send(exchange, 206, new String(bytes, from, to - from + 1, StandardCharsets.US_ASCII));
    }

    private JsonNode body(HttpExchange exchange) throws IOException {
        try {
            JsonNode body = JSON.readTree(exchange.getRequestBody());
            if (!body.isObject()) throw new Refused(400);
            return body;
        } catch (JacksonException e) {
            throw new Refused(has(Fault.CRASHES) ? 500 : 400);
        }
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new Refused(400);
        }
    }

    private static Map<String, String> parameters(HttpExchange exchange) {
        Map<String, String> parameters = new TreeMap<>();
        String query = exchange.getRequestURI().getQuery();
        if (query == null) return parameters;
        for (String pair : query.split("&")) parameters.put(pair.replaceAll("=.*", ""), pair.replaceAll("^[^=]*=", ""));
        return parameters;
    }

    private boolean has(Fault fault) {
        return faults.contains(fault);
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        boolean hasBody = bytes.length > 0 && !exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, hasBody ? bytes.length : -1);
        if (hasBody) exchange.getResponseBody().write(bytes);
    }
}
