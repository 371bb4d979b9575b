package io.sluice.lake.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sluice.lake.store.GoogleConnection.Credentials;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What of Google's cloud an object store needs, as its documentation tells it: tokens for signed assertions, the
 * machine's metadata, signing by IAM, the JSON interface of storage with preconditions, resumable uploads and rewrites,
 * and GETs of signed URLs. Tokens and signatures are checked. In this process; objects in memory.
 */
final class FakeGoogle implements AutoCloseable {
    static {
        // Else each answer waits for the acknowledgement of its header.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    static final String EMAIL = "sluice@project.iam.gserviceaccount.com";

    private static final String TOKEN = "token-of-the-fake";
    private static final int PAGE_KEYS = 1000;
    private static final Pattern OBJECTS = Pattern.compile("/storage/v1/b/([^/]+)/o");
    private static final Pattern OBJECT = Pattern.compile("/storage/v1/b/([^/]+)/o/([^/]+)");
    private static final Pattern REWRITE =
            Pattern.compile("/storage/v1/b/([^/]+)/o/([^/]+)/rewriteTo/b/([^/]+)/o/([^/]+)");
    private static final Pattern UPLOAD = Pattern.compile("/upload/storage/v1/b/([^/]+)/o");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    final AtomicInteger tokensAsked = new AtomicInteger();
    final AtomicInteger signaturesAsked = new AtomicInteger();
    final AtomicInteger sessionsCancelled = new AtomicInteger();

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, SortedMap<String, Stored>> buckets = new ConcurrentHashMap<>();
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final Map<String, Integer> rewrites = new ConcurrentHashMap<>();
    private final List<Predicate<HttpExchange>> troubles = new ArrayList<>();
    private final KeyPair keys;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private record Stored(byte[] bytes, Instant updated) {}

    private record Session(String bucket, String name, boolean ifAbsent, ByteArrayOutputStream received) {}

    FakeGoogle() throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            keys = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** By a key file like those of Google. */
    GoogleConnection connection() {
        return connection(new Credentials.KeyFile(GoogleServiceAccount.parse(keyFile())));
    }

    /** As a machine of Google's. */
    GoogleConnection machine() {
        return connection(new Credentials.Machine(endpoint(), endpoint()));
    }

    String keyFile() {
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(keys.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        return text(Map.of(
                "type",
                "service_account",
                "client_email",
                EMAIL,
                "private_key",
                pem,
                "token_uri",
                endpoint() + "/token"));
    }

    void bucket(String name) {
        buckets.put(name, new TreeMap<>(ObjectKeys.ORDER));
    }

    /** The next request that is like this is answered by 503, and does nothing. */
    void failNext(Predicate<HttpExchange> like) {
        synchronized (troubles) {
            troubles.add(like);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private GoogleConnection connection(Credentials credentials) {
        return new GoogleConnection(Optional.of(endpoint()), Optional.empty(), credentials);
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        try (exchange) {
            if (isTroubled(exchange)) fail(exchange, 503, "try again");
            else if (exchange.getRequestURI().getRawPath().equals("/token")) token(exchange, new String(body, UTF_8));
            else if (exchange.getRequestURI().getRawPath().startsWith("/computeMetadata/")) metadata(exchange);
            else if (query(exchange).containsKey("X-Goog-Signature")) signedGet(exchange);
            else if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization")))
                fail(exchange, 401, "Invalid Credentials");
            else storage(exchange, body);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private boolean isTroubled(HttpExchange exchange) {
        synchronized (troubles) {
            return !troubles.isEmpty() && troubles.get(0).test(exchange) && troubles.remove(0) != null;
        }
    }

    private void token(HttpExchange exchange, String form) throws IOException, GeneralSecurityException {
        tokensAsked.incrementAndGet();
        String[] assertion = form.substring(form.indexOf("assertion=") + 10).split("\\.");
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(keys.getPublic());
        signature.update((assertion[0] + "." + assertion[1]).getBytes(UTF_8));
        var claims = json.readTree(Base64.getUrlDecoder().decode(assertion[1]));
        boolean isGood = signature.verify(Base64.getUrlDecoder().decode(assertion[2]))
                && claims.path("iss").asText().equals(EMAIL)
                && claims.path("aud").asText().equals(endpoint() + "/token")
                && claims.path("exp").asLong() > Instant.now().getEpochSecond();
        if (isGood) answer(exchange, 200, Map.of("access_token", TOKEN, "expires_in", 3600));
        else fail(exchange, 400, "invalid_grant");
    }

    private void metadata(HttpExchange exchange) throws IOException {
        if (!"Google".equals(exchange.getRequestHeaders().getFirst("Metadata-Flavor")))
            fail(exchange, 403, "no flavor");
        else if (exchange.getRequestURI().getPath().endsWith("/email")) send(exchange, 200, EMAIL.getBytes(UTF_8));
        else answer(exchange, 200, Map.of("access_token", TOKEN, "expires_in", 3600));
    }

    private void storage(HttpExchange exchange, byte[] body) throws IOException, GeneralSecurityException {
        String path = exchange.getRequestURI().getRawPath();
        Matcher upload = UPLOAD.matcher(path);
        Matcher objects = OBJECTS.matcher(path);
        Matcher object = OBJECT.matcher(path);
        Matcher rewrite = REWRITE.matcher(path);
        if (path.endsWith(":signBlob")) signBlob(exchange, body);
        else if (path.startsWith("/session/")) session(exchange, path.substring(9), body);
        else if (upload.matches()) upload(exchange, decoded(upload.group(1)), body);
        else if (rewrite.matches()) rewrite(exchange, rewrite);
        else if (object.matches()) object(exchange, decoded(object.group(1)), decoded(object.group(2)));
        else if (objects.matches()) list(exchange, decoded(objects.group(1)));
        else fail(exchange, 400, "unknown " + path);
    }

    private void signBlob(HttpExchange exchange, byte[] body) throws IOException, GeneralSecurityException {
        signaturesAsked.incrementAndGet();
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(keys.getPrivate());
        signature.update(
                Base64.getDecoder().decode(json.readTree(body).path("payload").asText()));
        answer(exchange, 200, Map.of("signedBlob", Base64.getEncoder().encodeToString(signature.sign())));
    }

    private void upload(HttpExchange exchange, String bucket, byte[] body) throws IOException {
        Map<String, String> query = query(exchange);
        boolean ifAbsent = "0".equals(query.get("ifGenerationMatch"));
        if (!buckets.containsKey(bucket)) {
            fail(exchange, 404, "The specified bucket does not exist.");
        } else if (query.get("uploadType").equals("resumable")) {
            String id = UUID.randomUUID().toString();
            sessions.put(id, new Session(bucket, query.get("name"), ifAbsent, new ByteArrayOutputStream()));
            exchange.getResponseHeaders().set("Location", endpoint() + "/session/" + id);
            send(exchange, 200, new byte[0]);
        } else store(exchange, bucket, query.get("name"), body, ifAbsent);
    }

    private void session(HttpExchange exchange, String id, byte[] body) throws IOException {
        if (exchange.getRequestMethod().equals("DELETE")) {
            sessionsCancelled.incrementAndGet();
            sessions.remove(id);
            send(exchange, 499, new byte[0]);
            return;
        }
        Session session = sessions.get(id);
        String[] range = exchange.getRequestHeaders().getFirst("Content-Range").split("[ /-]");
        long length = Long.parseLong(range[3]);
        session.received().write(body, 0, body.length);
        long kept = session.received().size();
        if (kept != Long.parseLong(range[2]) + 1) {
            fail(exchange, 400, "a gap");
        } else if (kept < length) {
            if (kept % (256 * 1024) != 0) fail(exchange, 400, "chunks are multiples of 256 KiB");
            exchange.getResponseHeaders().set("Range", "bytes=0-" + (kept - 1));
            send(exchange, 308, new byte[0]);
        } else
            store(exchange, session.bucket(), session.name(), session.received().toByteArray(), session.ifAbsent());
    }

    private void store(HttpExchange exchange, String bucket, String name, byte[] bytes, boolean ifAbsent)
            throws IOException {
        Stored stored = new Stored(bytes, Instant.now());
        boolean isThere;
        SortedMap<String, Stored> objects = buckets.get(bucket);
        synchronized (objects) {
            isThere = ifAbsent && objects.containsKey(name);
            if (!isThere) objects.put(name, stored);
        }
        if (isThere) fail(exchange, 412, "At least one of the pre-conditions you specified did not hold.");
        else answer(exchange, 200, described(name, stored));
    }

    /** Takes two requests, as large objects do. */
    private void rewrite(HttpExchange exchange, Matcher rewrite) throws IOException {
        Optional<Stored> source = find(decoded(rewrite.group(1)), decoded(rewrite.group(2)));
        String token = query(exchange).get("rewriteToken");
        if (source.isEmpty()) {
            fail(exchange, 404, "No such object");
        } else if (token == null) {
            String begun = UUID.randomUUID().toString();
            rewrites.put(begun, 1);
            answer(exchange, 200, Map.of("done", false, "rewriteToken", begun));
        } else if (rewrites.remove(token) == null) {
            fail(exchange, 400, "unknown token");
        } else {
            SortedMap<String, Stored> objects = buckets.get(decoded(rewrite.group(3)));
            synchronized (objects) {
                objects.put(decoded(rewrite.group(4)), source.get());
            }
            answer(exchange, 200, Map.of("done", true));
        }
    }

    private void object(HttpExchange exchange, String bucket, String name) throws IOException {
        Optional<Stored> stored = find(bucket, name);
        if (!buckets.containsKey(bucket)) {
            fail(exchange, 404, "The specified bucket does not exist.");
        } else if (stored.isEmpty()) {
            fail(exchange, 404, "No such object: " + bucket + "/" + name);
        } else if (exchange.getRequestMethod().equals("DELETE")) {
            SortedMap<String, Stored> objects = buckets.get(bucket);
            synchronized (objects) {
                objects.remove(name);
            }
            send(exchange, 204, new byte[0]);
        } else if ("media".equals(query(exchange).get("alt"))) media(exchange, stored.get());
        else answer(exchange, 200, described(name, stored.get()));
    }

    private void media(HttpExchange exchange, Stored stored) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        if (range == null) {
            send(exchange, 200, stored.bytes());
            return;
        }
        String[] ends = range.substring(6).split("-", -1);
        long first = Long.parseLong(ends[0]);
        if (first >= stored.bytes().length) {
            fail(exchange, 416, "The requested range cannot be satisfied.");
            return;
        }
        long behind = ends[1].isEmpty() ? Long.MAX_VALUE : Long.parseLong(ends[1]) + 1;
        send(exchange, 206, Arrays.copyOfRange(stored.bytes(), (int) first, (int)
                Math.min(behind, stored.bytes().length)));
    }

    private void list(HttpExchange exchange, String bucket) throws IOException {
        SortedMap<String, Stored> objects = buckets.get(bucket);
        if (objects == null) {
            fail(exchange, 404, "The specified bucket does not exist.");
            return;
        }
        Map<String, String> query = query(exchange);
        String from = query.getOrDefault("pageToken", query.getOrDefault("startOffset", ""));
        List<Map<String, String>> items = new ArrayList<>();
        Map<String, Object> page = new LinkedHashMap<>(Map.of("items", items));
        synchronized (objects) {
            for (var entry : objects.tailMap(from).entrySet()) {
                if (!entry.getKey().startsWith(query.getOrDefault("prefix", ""))) continue;
                if (items.size() == PAGE_KEYS) {
                    page.put("nextPageToken", entry.getKey());
                    break;
                }
                items.add(described(entry.getKey(), entry.getValue()));
            }
        }
        answer(exchange, 200, page);
    }

    /** As the service rebuilds what was signed, from the request alone. */
    private void signedGet(HttpExchange exchange) throws IOException, GeneralSecurityException {
        Map<String, String> query = query(exchange);
        String raw = exchange.getRequestURI().getRawQuery();
        String canonical = "GET\n" + exchange.getRequestURI().getRawPath() + "\n"
                + raw.substring(0, raw.indexOf("&X-Goog-Signature=")) + "\nhost:"
                + exchange.getRequestHeaders().getFirst("Host") + "\n\nhost\nUNSIGNED-PAYLOAD";
        String scope = query.get("X-Goog-Credential").replaceFirst("^[^/]+/", "");
        String hash =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(UTF_8)));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(keys.getPublic());
        signature.update(
                ("GOOG4-RSA-SHA256\n" + query.get("X-Goog-Date") + "\n" + scope + "\n" + hash).getBytes(UTF_8));
        Instant end = TIME.parse(query.get("X-Goog-Date"), Instant::from)
                .plusSeconds(Long.parseLong(query.get("X-Goog-Expires")));
        if (!verifies(signature, query.get("X-Goog-Signature"))) fail(exchange, 403, "SignatureDoesNotMatch");
        else if (!Instant.now().isBefore(end)) fail(exchange, 400, "ExpiredToken");
        else {
            String[] path = exchange.getRequestURI().getRawPath().substring(1).split("/", 2);
            Optional<Stored> stored = find(path[0], decoded(path[1]));
            if (stored.isEmpty()) fail(exchange, 404, "NoSuchKey");
            else media(exchange, stored.get());
        }
    }

    private static boolean verifies(Signature signature, String digits) {
        try {
            return signature.verify(HexFormat.of().parseHex(digits));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private Optional<Stored> find(String bucket, String name) {
        SortedMap<String, Stored> objects = buckets.get(bucket);
        if (objects == null) return Optional.empty();
        synchronized (objects) {
            return Optional.ofNullable(objects.get(name));
        }
    }

    private static Map<String, String> described(String name, Stored stored) {
        return Map.of(
                "name",
                name,
                "size",
                String.valueOf(stored.bytes().length),
                "updated",
                stored.updated().toString());
    }

    private void fail(HttpExchange exchange, int status, String message) throws IOException {
        answer(exchange, status, Map.of("error", Map.of("code", status, "message", message)));
    }

    private void answer(HttpExchange exchange, int status, Object body) throws IOException {
        send(exchange, status, text(body).getBytes(UTF_8));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) exchange.getResponseBody().write(body);
    }

    private String text(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new LinkedHashMap<>();
        String raw = exchange.getRequestURI().getRawQuery();
        if (raw == null) return query;
        for (String part : raw.split("&")) {
            int equals = part.indexOf('=');
            query.put(part.substring(0, equals), decoded(part.substring(equals + 1)));
        }
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    }
}
