package io.sluice.lake.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.lake.store.GoogleHttp.Again;
import io.sluice.lake.store.TrafficMeter.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.Map;

/** Who signs for an account: its own key, or Google's service in its name. */
interface GoogleSignatures {
    String email();

    int bytes();

    byte[] sign(byte[] message);

    static GoogleSignatures byKey(GoogleServiceAccount account) {
        return new GoogleSignatures() {
            @Override
            public String email() {
                return account.email();
            }

            @Override
            public int bytes() {
                return account.signatureBytes();
            }

            @Override
            public byte[] sign(byte[] message) {
                return account.sign(message);
            }
        };
    }

    /** One request for each signature. Signing throws {@link UncheckedIOException} where the service does not answer. */
    static GoogleSignatures byService(URI iam, String email, GoogleHttp http) {
        URI url = URI.create(iam + "/v1/projects/-/serviceAccounts/" + PercentEncoding.query(email) + ":signBlob");
        return new GoogleSignatures() {
            @Override
            public String email() {
                return email;
            }

            @Override
            public int bytes() {
                return 512; // Google's keys have 2048 bits today; this leaves room for twice as many.
            }

            @Override
            public byte[] sign(byte[] message) {
                try {
                    return signBlob(http, url, message);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }

    private static byte[] signBlob(GoogleHttp http, URI url, byte[] message) throws IOException {
        byte[] body = GoogleHttp.JSON.writeValueAsBytes(
                Map.of("payload", Base64.getEncoder().encodeToString(message)));
        HttpResponse<InputStream> answer = http.send(
                Request.READ,
                HttpRequest.newBuilder(url)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body)),
                Again.YES);
        JsonNode signed = GoogleHttp.json(answer);
        if (answer.statusCode() != 200)
            throw new StoreDeniedException("Google does not sign for this server's account: "
                    + signed.path("error").path("message").asText()
                    + ". Give it the role Service Account Token Creator.");
        return Base64.getDecoder().decode(signed.path("signedBlob").asText());
    }

    /** Behind a common beginning, as a signature of requests. */
    default V4UrlSigner.Signature over(String beginning) {
        byte[] begun = beginning.getBytes(UTF_8);
        return new V4UrlSigner.Signature() {
            @Override
            public int bytes() {
                return GoogleSignatures.this.bytes();
            }

            @Override
            public byte[] sign(byte[] digits, int offset, int length) {
                byte[] message = new byte[begun.length + length];
                System.arraycopy(begun, 0, message, 0, begun.length);
                System.arraycopy(digits, offset, message, begun.length, length);
                return GoogleSignatures.this.sign(message);
            }
        };
    }
}
