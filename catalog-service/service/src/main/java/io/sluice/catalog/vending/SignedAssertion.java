package io.sluice.catalog.vending;

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

/** What a service account says of itself, signed with its key (RFC 7523, RS256). */
final class SignedAssertion {
    /** It is used at once. */
    private static final Duration LIFE = Duration.ofMinutes(10);

    private SignedAssertion() {}

    static String of(GcpServiceAccount account, String scope, Instant now) {
        ObjectNode header = JsonNodeFactory.instance
                .objectNode()
                .put("alg", "RS256")
                .put("typ", "JWT")
                .put("kid", account.privateKeyId());
        ObjectNode claims = JsonNodeFactory.instance
                .objectNode()
                .put("iss", account.email())
                .put("scope", scope)
                .put("aud", account.tokenUri().toString())
                .put("iat", now.getEpochSecond())
                .put("exp", now.plus(LIFE).getEpochSecond());
        String signed = encoded(header) + "." + encoded(claims);
        return signed + "." + base64(signature(account, signed));
    }

    private static byte[] signature(GcpServiceAccount account, String text) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key(account));
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // Without the cause: it may tell of the key.
            throw Failure.invalid(
                    "The private key of service account %s cannot be read. Give the private_key of its key file: PEM,"
                            + " beginning with BEGIN PRIVATE KEY.",
                    account.email());
        }
    }

    private static PrivateKey key(GcpServiceAccount account) throws GeneralSecurityException {
        String base64 = account.privateKeyPem().replaceAll("-----[A-Z ]+-----|\\s", "");
        return KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
    }

    private static String encoded(ObjectNode json) {
        return base64(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
