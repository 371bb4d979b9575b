package io.sluice.lake.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.model.failure.Failure;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** A service account with a key of its own, as in the key files that Google makes. Prints no secret. */
public record GoogleServiceAccount(String email, PrivateKey key, URI tokenUri) {
    /** @param keyFile the text of the file, which is JSON */
    public static GoogleServiceAccount parse(String keyFile) {
        try {
            JsonNode file = new ObjectMapper().readTree(keyFile);
            return new GoogleServiceAccount(
                    text(file, "client_email"), key(text(file, "private_key")), URI.create(text(file, "token_uri")));
        } catch (JsonProcessingException | GeneralSecurityException | IllegalArgumentException e) {
            // Without the cause: what it quotes may be the key.
            throw Failure.invalid("That is no key file of a service account of Google's. Give the JSON file as it is.");
        }
    }

    /** RSA with SHA-256, by which the account shows that it is itself. */
    byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key of " + email + " cannot sign", e);
        }
    }

    int signatureBytes() {
        return key instanceof RSAKey rsa ? (rsa.getModulus().bitLength() + 7) / 8 : 512;
    }

    @Override
    public String toString() {
        return "GoogleServiceAccount[" + email + "]";
    }

    private static String text(JsonNode file, String name) {
        JsonNode value = file.path(name);
        if (!value.isTextual()) throw new IllegalArgumentException(name);
        return value.asText();
    }

    private static PrivateKey key(String pem) throws GeneralSecurityException {
        String base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        return KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
    }
}
