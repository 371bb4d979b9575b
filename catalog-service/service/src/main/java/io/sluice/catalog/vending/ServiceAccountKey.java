package io.sluice.catalog.vending;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.model.failure.Failure;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

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

    /** Signed, for the account to get a token of the scope with (RFC 7523, RS256). */
    String assertion(String scope, String audience, Instant now) {
        ObjectNode header = object().put("alg", "RS256").put("typ", "JWT").put("kid", id);
        ObjectNode claims = object().put("iss", email)
                .put("scope", scope)
                .put("aud", audience)
                .put("iat", now.getEpochSecond())
                .put("exp", now.plus(LIFE).getEpochSecond());
        String signed = encoded(header) + "." + encoded(claims);
        return signed + "." + base64(signature(signed));
    }

    private byte[] signature(String text) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("an RSA key does not sign", e);
        }
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static String encoded(ObjectNode json) {
        return base64(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
