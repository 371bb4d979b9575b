package io.sluice.sharing.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.sharing.internal.Json;
import io.sluice.sharing.share.ShareName;
import io.sluice.sharing.share.UrlLife;
import io.sluice.sharing.world.World;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an activation link is to a person, to a mail program and to a program, and what comes of it. */
@QuarkusTest
class ActivationFaceTest {
    /** As browsers send it. */
    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    @Inject
    World world;

    @TestHTTPResource("/")
    URI base;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String name = "recipient-" + UUID.randomUUID();

    @BeforeEach
    void tellTheWorldItsAddress() {
        world.base = URI.create(base.toString().replaceAll("/$", ""));
    }

    @AfterEach
    void comeFromHereAgain() {
        world.client = InetAddress.getLoopbackAddress();
    }

    @Test
    void lookingAtThePageUsesNothingUpAndTheButtonWorksOnce() throws Exception {
        String share = "share-" + UUID.randomUUID();
        URI link = link("TOKEN");
        world.share(share);
        world.grant(share, name);

        for (int i = 0; i < 3; i++) {
            HttpResponse<String> page = get(link, BROWSER);
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue("content-type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
            assertThat(page.headers().firstValue("cache-control")).contains("no-store");
            assertThat(page.headers().firstValue("referrer-policy")).contains("no-referrer");
            assertThat(page.body())
                    .contains(name, share, World.ADMIN, "<form method=\"post\">")
                    .doesNotContain("<script", "http:", "https:", "slr_");
        }
        assertThat(send(HttpRequest.newBuilder(link).method("HEAD", BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(200);

        HttpResponse<String> file = post(link);
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.headers().firstValue("content-disposition")).contains("attachment; filename=\"config.share\"");
        assertThat(file.headers().firstValue("cache-control")).contains("no-store");
        assertThat(enter(Json.MAPPER.readTree(file.body()).path("bearerToken").asText()))
                .isEqualTo(200);

        for (HttpResponse<String> again : List.of(post(link), get(link, BROWSER))) {
            assertThat(again.statusCode()).isEqualTo(404);
            assertThat(again.body()).contains("<h1>This link does not work</h1>");
        }
    }

    @Test
    void thePagesOneStyleIsTheOneThatItsPolicyAllows() throws Exception {
        HttpResponse<String> page = get(link("TOKEN"), BROWSER);
        String style = page.body().replaceAll("(?s).*<style>(.*)</style>.*", "$1");
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));

        assertThat(page.headers().firstValue("content-security-policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .contains("default-src 'none'", "frame-ancestors 'none'")
                        .contains("'sha256-" + Base64.getEncoder().encodeToString(digest) + "'"));
    }

    @Test
    void othersTextsStayTextsOnThePage() throws Exception {
        String share = "share-" + UUID.randomUUID();
        URI link = link("TOKEN");
        world.shares.create(
                World.ADMIN, ShareName.of(share), Optional.of("<script>alert(1)</script>"), UrlLife.DEFAULT);
        world.grant(share, name);

        assertThat(get(link, BROWSER).body()).doesNotContain("<script").contains("&lt;script&gt;");
    }

    @Test
    void aProgramGetsTheProfileAtOnceInTheFormatThatItAsksFor() throws Exception {
        JsonNode first = Json.MAPPER.readTree(get(link("TOKEN"), "*/*").body());
        assertThat(first.path("shareCredentialsVersion").asInt()).isEqualTo(1);
        assertThat(first.has("type")).isFalse();

        URI second = URI.create(rotated() + "?share_credentials_version=2");
        JsonNode profile = Json.MAPPER.readTree(get(second, "application/json").body());
        assertThat(profile.path("shareCredentialsVersion").asInt()).isEqualTo(2);
        assertThat(profile.path("type").asText()).isEqualTo("bearer_token");
        assertThat(enter(profile.path("bearerToken").asText())).isEqualTo(200);
        assertThat(get(URI.create(rotated() + "?share_credentials_version=3"), "*/*")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void fromElsewhereALinkIsRefusedAndNotUsedUp() throws Exception {
        URI link = link("TOKEN");
        world.admitFrom(name, "203.0.113.0/24");

        for (HttpResponse<String> refused : List.of(get(link, "*/*"), get(link, BROWSER), post(link))) {
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(Json.MAPPER.readTree(refused.body()).path("errorCode").asText())
                    .isEqualTo("PERMISSION_DENIED");
            assertThat(refused.body()).contains(world.client.getHostAddress());
        }

        world.client = InetAddress.getByName("203.0.113.5");
        assertThat(post(link).statusCode()).isEqualTo(200);
    }

    @Test
    void anOAuthClientExchangesItsSecretForShortLivedTokens() throws Exception {
        JsonNode profile =
                Json.MAPPER.readTree(post(link("OAUTH_CLIENT_CREDENTIALS")).body());
        assertThat(profile.path("type").asText()).isEqualTo("oauth_client_credentials");
        String id = profile.path("clientId").asText();
        String secret = profile.path("clientSecret").asText();
        URI endpoint = URI.create(profile.path("tokenEndpoint").asText());
        String form = "grant_type=client_credentials&client_id=" + id + "&client_secret=" + secret;

        JsonNode byForm = Json.MAPPER.readTree(exchange(endpoint, form, "").body());
        JsonNode byHeader = Json.MAPPER.readTree(exchange(endpoint, "grant_type=client_credentials", id + ":" + secret)
                .body());

        assertThat(byForm.path("token_type").asText()).isEqualTo("Bearer");
        assertThat(byForm.path("expires_in").asInt()).isEqualTo(3600);
        assertThat(enter(byForm.path("access_token").asText())).isEqualTo(200);
        assertThat(enter(byHeader.path("access_token").asText())).isEqualTo(200);
        assertThat(enter(secret)).as("the secret is no bearer").isEqualTo(401);
        assertThat(enter(byForm.path("access_token").asText() + "x")).isEqualTo(401);
        assertRefused(400, "unsupported_grant_type", exchange(endpoint, "grant_type=password", ""));
        assertRefused(401, "invalid_client", exchange(endpoint, "grant_type=client_credentials", ""));
        assertRefused(401, "invalid_client", exchange(endpoint, form + "x", ""));
        assertRefused(401, "invalid_client", exchange(endpoint, "grant_type=client_credentials", "nobody:" + secret));
        assertRefused(400, "unsupported_grant_type", exchange(endpoint, "", "nonsense"));

        rotated();
        assertThat(enter(byForm.path("access_token").asText())).isEqualTo(401);
        assertRefused(401, "invalid_client", exchange(endpoint, form, ""));
    }

    @Test
    void aTokenOfAnOAuthClientEndsByItself() throws Exception {
        JsonNode profile =
                Json.MAPPER.readTree(post(link("OAUTH_CLIENT_CREDENTIALS")).body());
        String token = world.clientGrant
                .grant(
                        profile.path("clientId").asText(),
                        profile.path("clientSecret").asText())
                .token();
        assertThat(enter(token)).isEqualTo(200);

        world.clock.pass(Duration.ofHours(1));

        assertThat(enter(token)).isEqualTo(401);
    }

    private URI link(String authentication) throws Exception {
        return activationUrl(
                "recipients", "{\"name\":\"" + name + "\",\"authentication_type\":\"" + authentication + "\"}");
    }

    private URI rotated() throws Exception {
        return activationUrl("recipients/" + name + "/rotate-token", "{\"existing_token_expire_in_seconds\":0}");
    }

    private URI activationUrl(String path, String body) throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(base.resolve("api/2.1/unity-catalog/" + path))
                .POST(BodyPublishers.ofString(body)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return URI.create(
                Json.MAPPER.readTree(answer.body()).path("activation_url").asText());
    }

    private int enter(String bearer) throws Exception {
        return send(HttpRequest.newBuilder(base.resolve("delta-sharing/shares"))
                        .header("Authorization", "Bearer " + bearer))
                .statusCode();
    }

    private HttpResponse<String> exchange(URI endpoint, String form, String idAndSecret) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
        if (!idAndSecret.isEmpty())
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(idAndSecret.getBytes(StandardCharsets.UTF_8)));
        return send(request);
    }

    private static void assertRefused(int status, String error, HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(Json.MAPPER.readTree(answer.body()).path("error").asText()).isEqualTo(error);
    }

    private HttpResponse<String> get(URI link, String accept) throws Exception {
        return send(HttpRequest.newBuilder(link).header("Accept", accept));
    }

    /** As a browser sends a form without fields. */
    private HttpResponse<String> post(URI link) throws Exception {
        return send(HttpRequest.newBuilder(link)
                .header("Accept", BROWSER)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.noBody()));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
