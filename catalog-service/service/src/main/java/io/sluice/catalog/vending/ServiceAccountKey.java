package io.sluice.catalog.vending;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sluice.model.failure.Failure;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/** The key of a service account of Google's, as in its key file, and what the account says of itself with it. */
final class ServiceAccountKey {
    /** An assertion is used at once. */
    private static final Duration LIFE = Duration.ofMinutes(10);

    private final String email;
    private final String id;
    private final PrivateKey key;

    private ServiceAccountKey(String email, String id, PrivateKey key) {
        this.email = email;
        this.id = id;
        this.key = key;
    }

    static ServiceAccountKey read(String email, String file) {
        try {
            JsonNode json = new JsonMapper().readTree(file);
            String pem = json.path("private_key").asText().replaceAll("-----[A-Z ]+-----|\\s", "");
            PrivateKey key = KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
            if (json.path("client_email").asText().equals(email))
                return new ServiceAccountKey(email, json.path("private_key_id").asText(), key);
        } catch (JsonProcessingException | GeneralSecurityException | IllegalArgumentException e) {
            // Not passed on: it may tell of the key.
        }
        throw Failure.invalid(
                "The file %s in this server's folder of secrets is not that account's key file. Put the JSON there that"
                        + " Google made for the key, as it is.",
                email);
    }

    /** Signed, for the account to get a token of the scope with (RFC 7523). */
    String assertion(String scope, String audience, Instant now) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(email);
        claims.setStringClaim("scope", scope);
        claims.setAudience(audience);
        claims.setIssuedAt(NumericDate.fromSeconds(now.getEpochSecond()));
        claims.setExpirationTime(NumericDate.fromSeconds(now.plus(LIFE).getEpochSecond()));
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        signature.setHeader("typ", "JWT");
        signature.setKeyIdHeaderValue(id);
        signature.setPayload(claims.toJson());
        signature.setKey(key);
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("an RSA key does not sign", e);
        }
    }
}
