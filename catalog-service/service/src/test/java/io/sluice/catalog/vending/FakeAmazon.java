package io.sluice.catalog.vending;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** STS: recomputes the signature of each request, and remembers the policy of each session that it gives. */
final class FakeAmazon extends FakeService {
    static final String KEY_ID = "AKIDOFTHESERVER";
    static final String SECRET = "top/secret+of+the+server";

    private static final Pattern AUTHORIZATION = Pattern.compile(
            "AWS4-HMAC-SHA256 Credential=([^/]+)/(\\d{8})/([^/]+)/sts/aws4_request, SignedHeaders=([^,]+), Signature=(.+)");

    private final Clock clock;
    private final Map<String, AmazonPolicy> sessions = new LinkedHashMap<>();
    private final List<Map<String, String>> forms = new CopyOnWriteArrayList<>();

    FakeAmazon(Clock clock) {
        this.clock = clock;
    }

    @Override
    Answer answer(HttpExchange request, String body) throws Exception {
        requireSigned(request, body);
        Map<String, String> form = form(body);
        forms.add(form);
        assertThat(form).containsEntry("Action", "AssumeRole");
        assertThat(form.get("RoleSessionName")).matches("[\\w+=,.@-]{2,64}");
        assertThat(form.get("Policy")).matches("[\\u0009\\u000A\\u000D\\u0020-\\u00FF]{1,2048}");
        synchronized (sessions) {
            String id = "ASIA" + sessions.size();
            sessions.put(id, AmazonPolicy.parse(form.get("Policy")));
            return new Answer(200, given(id, Integer.parseInt(form.get("DurationSeconds"))));
        }
    }

    void refuse(int status, String code) {
        answerAlways(
                status,
                "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type><Code>"
                        + code + "</Code><Message>no</Message></Error></ErrorResponse>");
    }

    /** What the session with this key may do. */
    AmazonPolicy session(String keyId) {
        synchronized (sessions) {
            return sessions.get(keyId);
        }
    }

    Map<String, String> lastForm() {
        return forms.get(forms.size() - 1);
    }

    private String given(String id, int seconds) {
        return """
                <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
                <AccessKeyId>%s</AccessKeyId><SecretAccessKey>secret-of-%s</SecretAccessKey>
                <SessionToken>token-of-%s</SessionToken><Expiration>%s</Expiration>
                </Credentials></AssumeRoleResult></AssumeRoleResponse>
                """.formatted(id, id, id, clock.instant().plus(Duration.ofSeconds(seconds)));
    }

    private void requireSigned(HttpExchange request, String body) throws Exception {
        Matcher given = AUTHORIZATION.matcher(request.getRequestHeaders().getFirst("Authorization"));
        assertThat(given.matches()).as("signed with version 4").isTrue();
        assertThat(given.group(1)).isEqualTo(KEY_ID);
        String headers = Arrays.stream(given.group(4).split(";"))
                .map(name ->
                        name + ":" + request.getRequestHeaders().getFirst(name).strip() + "\n")
                .collect(Collectors.joining());
        String canonical = String.join(
                "\n",
                request.getRequestMethod(),
                request.getRequestURI().getPath(),
                "",
                headers,
                given.group(4),
                sha(body));
        String scope = given.group(2) + "/" + given.group(3) + "/sts/aws4_request";
        String toSign = String.join(
                "\n", "AWS4-HMAC-SHA256", request.getRequestHeaders().getFirst("X-Amz-Date"), scope, sha(canonical));
        byte[] key = ("AWS4" + SECRET).getBytes(StandardCharsets.UTF_8);
        for (String part : scope.split("/")) key = hmac(key, part);
        assertThat(HexFormat.of().formatHex(hmac(key, toSign))).isEqualTo(given.group(5));
    }

    private static String sha(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] hmac(byte[] key, String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }
}
