package io.sluice.catalog.access;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/** An issuer of OpenID Connect with real keys on a loopback port. */
public final class FakeIssuer implements AutoCloseable {
    public static final String AUDIENCE = "sluice";

    private final HttpServer server;
    private final List<RsaJsonWebKey> keys = new ArrayList<>();
    private final AtomicInteger keyRequests = new AtomicInteger();
    private volatile String claimedIssuer;

    public FakeIssuer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        claimedIssuer = url();
        rotate("first");
        server.createContext("/.well-known/openid-configuration", exchange -> {
            String document = "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys\"}".formatted(claimedIssuer, url());
            answer(exchange, document);
        });
        server.createContext("/keys", exchange -> {
            keyRequests.incrementAndGet();
            answer(exchange, new JsonWebKeySet(keys).toJson());
        });
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Signs with another key from now on; the earlier ones stay published. */
    public void rotate(String keyId) {
        try {
            RsaJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
            key.setKeyId(keyId);
            keys.add(key);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    void claimToBe(String issuer) {
        claimedIssuer = issuer;
    }

    int keyRequests() {
        return keyRequests.get();
    }

    /** Claims of a good token for an hour from that moment. */
    public JwtClaims claims(String email, long nowMillis) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(url());
        claims.setAudience(AUDIENCE);
        claims.setSubject("subject-of-" + email);
        claims.setClaim("email", email);
        claims.setIssuedAt(NumericDate.fromMilliseconds(nowMillis));
        claims.setExpirationTime(NumericDate.fromMilliseconds(nowMillis + 3_600_000));
        return claims;
    }

    public String token(String email) {
        return sign(claims(email, System.currentTimeMillis()));
    }

    public String sign(JwtClaims claims) {
        return signed(claims, keys.get(keys.size() - 1));
    }

    String signed(JwtClaims claims, RsaJsonWebKey key) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setKey(key.getPrivateKey());
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        try (exchange) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
