package io.sluice.catalog.vending;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Google's token services: verifies assertions, exchanges tokens, and judges requests by the tokens' boundaries. */
final class FakeGoogle extends FakeService {
    static final String EMAIL = "lake@project.iam.gserviceaccount.com";

    private static final String OWN_TOKEN = "token-of-the-account";
    private static final KeyPair KEYS = keys();

    private final Clock clock;
    private final List<JsonNode> boundaries = new ArrayList<>();
    private boolean saysHowLong = true;

    FakeGoogle(Clock clock) {
        this.clock = clock;
    }

    /** As Google makes it for the account's key. */
    static String keyFile() {
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(KEYS.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        return new ObjectMapper()
                .createObjectNode()
                .put("type", "service_account")
                .put("private_key_id", "key-1")
                .put("private_key", pem)
                .put("client_email", EMAIL)
                .toString();
    }

    void keepQuietAboutTheLifeOfConfinedTokens() {
        saysHowLong = false;
    }

    @Override
    Answer answer(HttpExchange request, String body) throws Exception {
        Map<String, String> form = form(body);
        if (request.getRequestURI().getPath().equals("/token")) {
            assertThat(form).containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
            requireSigned(form.get("assertion"));
            return new Answer(200, "{\"access_token\":\"" + OWN_TOKEN + "\",\"expires_in\":3000}");
        }
        assertThat(request.getRequestURI().getPath()).isEqualTo("/v1/token");
        assertThat(form)
                .containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange")
                .containsEntry("subject_token", OWN_TOKEN);
        synchronized (boundaries) {
            boundaries.add(new ObjectMapper().readTree(form.get("options")).at("/accessBoundary/accessBoundaryRules"));
            String life = saysHowLong ? ",\"expires_in\":2400" : "";
            return new Answer(200, "{\"access_token\":\"confined-" + (boundaries.size() - 1) + "\"" + life + "}");
        }
    }

    boolean reads(String token, String bucket, String object) {
        return allows(token, bucket, "Viewer", "projects/_/buckets/" + bucket + "/objects/" + object, "")
                || writes(token, bucket, object);
    }

    boolean writes(String token, String bucket, String object) {
        return allows(token, bucket, "User", "projects/_/buckets/" + bucket + "/objects/" + object, "");
    }

    /** A list has the bucket itself as its resource. */
    boolean lists(String token, String bucket, String prefix) {
        return allows(token, bucket, "Viewer", "projects/_/buckets/" + bucket, prefix);
    }

    private boolean allows(String token, String bucket, String role, String resource, String prefix) {
        JsonNode rules = boundaries.get(Integer.parseInt(token.substring("confined-".length())));
        return StreamSupport.stream(rules.spliterator(), false)
                .filter(rule -> rule.path("availableResource")
                        .asText()
                        .equals("//storage.googleapis.com/projects/_/buckets/" + bucket))
                .filter(rule -> rule.path("availablePermissions")
                        .toString()
                        .equals("[\"inRole:roles/storage.object" + role + "\"]"))
                .map(rule -> rule.at("/availabilityCondition/expression"))
                .anyMatch(condition ->
                        condition.isMissingNode() || new CelModel(condition.asText(), resource, prefix).holds());
    }

    private void requireSigned(String assertion) throws Exception {
        String[] parts = assertion.split("\\.");
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(KEYS.getPublic());
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
        JsonNode header = new ObjectMapper().readTree(Base64.getUrlDecoder().decode(parts[0]));
        JsonNode claims = new ObjectMapper().readTree(Base64.getUrlDecoder().decode(parts[1]));
        assertThat(header.path("alg").asText()).isEqualTo("RS256");
        assertThat(header.path("kid").asText()).isEqualTo("key-1");
        assertThat(claims.path("iss").asText()).isEqualTo(EMAIL);
        assertThat(claims.path("aud").asText()).isEqualTo(address() + "/token");
        Instant issued = Instant.ofEpochSecond(claims.path("iat").asLong());
        Instant expires = Instant.ofEpochSecond(claims.path("exp").asLong());
        assertThat(issued).isBeforeOrEqualTo(clock.instant());
        assertThat(expires).isAfter(clock.instant()).isBeforeOrEqualTo(issued.plusSeconds(3600));
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
