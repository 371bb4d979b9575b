package io.sluice.catalog.vending;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Azure's sign-in, machine and storage: delegates a key, and judges requests by signatures made with it. */
final class FakeAzure extends FakeService {
    static final String SECRET = "secret-of-the-application";
    static final String MACHINE = "/subscriptions/1/resourceGroups/lake/providers/Microsoft.ManagedIdentity/sluice";

    private static final String TOKEN = "token-of-the-application";
    private static final byte[] DELEGATED =
            "the delegated key, which is never sent on".getBytes(StandardCharsets.UTF_8);
    private static final Pattern KEY_INFO = Pattern.compile(
            ".*<KeyInfo><Start>([0-9TZ:-]+)</Start><Expiry>([0-9TZ:-]+)</Expiry></KeyInfo>", Pattern.DOTALL);

    private final Clock clock;
    private Duration longestKeyLife = Duration.ofDays(7);

    FakeAzure(Clock clock) {
        this.clock = clock;
    }

    void delegateOnlyFor(Duration life) {
        longestKeyLife = life;
    }

    static String delegatedKey() {
        return Base64.getEncoder().encodeToString(DELEGATED);
    }

    @Override
    Answer answer(HttpExchange request, String body) {
        if (request.getRequestURI().getPath().equals("/tenant-1/oauth2/v2.0/token")) {
            assertThat(form(body))
                    .containsEntry("grant_type", "client_credentials")
                    .containsEntry("client_id", "app-1")
                    .containsEntry("client_secret", SECRET)
                    .containsEntry("scope", "https://storage.azure.com/.default");
            return new Answer(200, "{\"access_token\":\"" + TOKEN + "\",\"expires_in\":3599}");
        }
        if (request.getRequestURI().getPath().equals("/metadata/identity/oauth2/token")) {
            assertThat(request.getRequestHeaders().getFirst("Metadata")).isEqualTo("true");
            assertThat(form(request.getRequestURI().getRawQuery()))
                    .containsEntry("resource", "https://storage.azure.com/")
                    .containsEntry("msi_res_id", MACHINE);
            return new Answer(200, "{\"access_token\":\"" + TOKEN + "\",\"expires_in\":\"3599\"}");
        }
        assertThat(request.getRequestURI()).hasToString("/lakeacct/?restype=service&comp=userdelegationkey");
        assertThat(request.getRequestHeaders().getFirst("Authorization")).isEqualTo("Bearer " + TOKEN);
        assertThat(request.getRequestHeaders().getFirst("x-ms-version")).isNotNull();
        assertThat(request.getRequestHeaders().getFirst("x-ms-date")).endsWith("GMT");
        Matcher wanted = KEY_INFO.matcher(body);
        assertThat(wanted.matches()).isTrue();
        return new Answer(200, delegated(wanted.group(1), Instant.parse(wanted.group(2))));
    }

    private String delegated(String start, Instant wanted) {
        Instant latest = clock.instant().plus(longestKeyLife);
        return """
                <?xml version="1.0" encoding="utf-8"?><UserDelegationKey><SignedOid>oid-1</SignedOid>
                <SignedTid>tenant-1</SignedTid><SignedStart>%s</SignedStart><SignedExpiry>%s</SignedExpiry>
                <SignedService>b</SignedService><SignedVersion>2020-12-06</SignedVersion>
                <Value>%s</Value></UserDelegationKey>
                """.formatted(start, wanted.isBefore(latest) ? wanted : latest, delegatedKey());
    }

    /**
     * Whether a request would be served. As in the real service the signed directory is not told: it is made of as many
     * segments of the requested path as the signature's depth says.
     */
    boolean opens(String sas, char permission, String container, String path) {
        Map<String, String> query = form(sas);
        if (!query.get("spr").equals("https") || query.get("sp").indexOf(permission) < 0) return false;
        if (clock.instant().isBefore(Instant.parse(query.get("st")))) return false;
        if (!clock.instant().isBefore(Instant.parse(query.get("se")))) return false;
        if (Instant.parse(query.get("se")).isAfter(Instant.parse(query.get("ske")))) return false;
        return directory(query, container, path)
                .map(resource -> signature(query, resource))
                .orElse("")
                .equals(query.get("sig"));
    }

    private static Optional<String> directory(Map<String, String> query, String container, String path) {
        String root = "/blob/lakeacct/" + container;
        assertThat(query).containsEntry("sr", "d");
        List<String> segments = Arrays.asList(path.split("/"));
        int depth = Integer.parseInt(query.get("sdd"));
        if (segments.size() < depth) return Optional.empty();
        return Optional.of(root + "/" + String.join("/", segments.subList(0, depth)));
    }

    private static String signature(Map<String, String> query, String resource) {
        String[] lines = new String[24];
        Arrays.fill(lines, "");
        List<String> first = List.of(
                query.get("sp"),
                query.get("st"),
                query.get("se"),
                resource,
                query.get("skoid"),
                query.get("sktid"),
                query.get("skt"),
                query.get("ske"),
                query.get("sks"),
                query.get("skv"));
        for (int i = 0; i < first.size(); i++) lines[i] = first.get(i);
        lines[14] = query.get("spr");
        lines[15] = query.get("sv");
        lines[16] = query.get("sr");
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(DELEGATED, "HmacSHA256"));
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(String.join("\n", lines).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
