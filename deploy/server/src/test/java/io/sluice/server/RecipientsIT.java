package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.core.error.platform.NotFound;
import com.databricks.sdk.service.sharing.AuthenticationType;
import com.databricks.sdk.service.sharing.CreateFederationPolicyRequest;
import com.databricks.sdk.service.sharing.CreateRecipient;
import com.databricks.sdk.service.sharing.FederationPolicy;
import com.databricks.sdk.service.sharing.IpAccessList;
import com.databricks.sdk.service.sharing.ListFederationPoliciesRequest;
import com.databricks.sdk.service.sharing.ListRecipientsRequest;
import com.databricks.sdk.service.sharing.OidcFederationPolicy;
import com.databricks.sdk.service.sharing.RecipientInfo;
import com.databricks.sdk.service.sharing.RetrieveTokenResponse;
import com.databricks.sdk.service.sharing.RotateRecipientToken;
import com.databricks.sdk.service.sharing.SharePermissionsRequest;
import com.databricks.sdk.service.sharing.UpdateRecipient;
import com.sun.net.httpserver.HttpServer;
import io.sluice.server.PackagedServer.Answer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recipients and their policies through the client of Databricks, which nobody here wrote, and what they may then do. */
class RecipientsIT {
    private static final String SHARES = "/delta-sharing/shares";
    private static final String FORWARDED_FOR = "X-Forwarded-For";
    private static final String FORM = "Content-Type";
    private static final String FORM_TYPE = "application/x-www-form-urlencoded";

    @TempDir
    private static Path data;

    private static HttpServer issuer;
    private static RsaJsonWebKey key;
    private static PackagedServer server;
    private static WorkspaceClient databricks;

    @BeforeAll
    static void start() throws Exception {
        key = RsaJwkGenerator.generateJwk(2048);
        key.setKeyId("k1");
        issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        publish("/.well-known/openid-configuration", """
                {"issuer":"%s","jwks_uri":"%s/keys"}""".formatted(issuerUrl(), issuerUrl()));
        publish("/keys", new JsonWebKeySet(key).toJson());
        issuer.start();
        server = PackagedServer.start(data, List.of("-Dsluice.http.trusted-proxies=127.0.0.1"), "--port", "0");
        databricks = new WorkspaceClient(new DatabricksConfig()
                .setHost(server.uri().toString())
                .setToken(server.token())
                .setAuthType("pat"));
    }

    private static void publish(String path, String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        issuer.createContext(path, exchange -> {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        issuer.stop(0);
    }

    @Test
    void aRecipientIsMadeChangedRotatedAndDeleted() {
        Instant end = Instant.now().plus(10, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MILLIS);
        RecipientInfo made = databricks
                .recipients()
                .create(new CreateRecipient()
                        .setName("acme")
                        .setAuthenticationType(AuthenticationType.TOKEN)
                        .setComment("a partner")
                        .setExpirationTime(end.toEpochMilli())
                        .setIpAccessList(new IpAccessList().setAllowedIpAddresses(List.of("127.0.0.0/8", "::1"))));
        assertThat(made.getExpirationTime()).isEqualTo(end.toEpochMilli());
        assertThat(made.getTokens())
                .singleElement()
                .satisfies(token -> assertThat(token.getExpirationTime()).isEqualTo(end.toEpochMilli()));
        assertThat(made.getActivated()).isFalse();

        RetrieveTokenResponse profile = databricks.recipientActivation().retrieveToken(nonce(made));
        assertThat(profile.getShareCredentialsVersion()).isEqualTo(1);
        assertThat(Instant.parse(profile.getExpirationTime())).isEqualTo(end);
        assertThatThrownBy(() -> databricks.recipientActivation().getActivationUrlInfo(nonce(made)))
                .isInstanceOf(NotFound.class);

        Instant later = end.plus(5, ChronoUnit.DAYS);
        databricks
                .recipients()
                .update(new UpdateRecipient()
                        .setName("acme")
                        .setNewName("acme-ltd")
                        .setExpirationTime(later.toEpochMilli())
                        .setIpAccessList(new IpAccessList().setAllowedIpAddresses(List.of())));
        RecipientInfo changed = databricks.recipients().get("acme-ltd");
        assertThat(changed.getId()).isEqualTo(made.getId());
        assertThat(changed.getExpirationTime()).isEqualTo(later.toEpochMilli());
        assertThat(changed.getIpAccessList().getAllowedIpAddresses()).isEmpty();
        assertThat(changed.getActivated()).isTrue();
        assertThat(databricks.recipients().list(new ListRecipientsRequest().setMaxResults(1L)))
                .extracting(RecipientInfo::getName)
                .contains("acme-ltd", "demo");

        RecipientInfo rotated = databricks
                .recipients()
                .rotateToken(new RotateRecipientToken().setName("acme-ltd").setExistingTokenExpireInSeconds(60L));
        assertThat(rotated.getTokens()).hasSize(2);
        databricks.recipientActivation().getActivationUrlInfo(nonce(rotated));
        databricks.recipients().delete("acme-ltd");
        assertThatThrownBy(() -> databricks.recipients().get("acme-ltd")).isInstanceOf(NotFound.class);
    }

    @Test
    void theSharesOfARecipientAreListedPageByPage() {
        var first = databricks
                .recipients()
                .sharePermissions(new SharePermissionsRequest().setName("demo").setMaxResults(1L));
        assertThat(first.getPermissionsOut()).hasSize(1);
        assertThat(first.getNextPageToken()).isNull();
    }

    @Test
    void onlyListedAddressesGetInAndTheProxyIsBelievedForItsClients() throws Exception {
        RecipientInfo made = databricks
                .recipients()
                .create(new CreateRecipient()
                        .setName("fenced")
                        .setAuthenticationType(AuthenticationType.TOKEN)
                        .setIpAccessList(new IpAccessList().setAllowedIpAddresses(List.of("203.0.113.0/24"))));

        Answer elsewhere = server.as("none").get(made.getActivationUrl());
        assertThat(elsewhere.status()).isEqualTo(403);
        assertThat(elsewhere.json().path("error_code").asText()).isEqualTo("PERMISSION_DENIED");
        assertThat(elsewhere.body()).contains("127.0.0.1");
        Answer profile =
                server.as("none").send("GET", made.getActivationUrl(), "", FORWARDED_FOR, "10.0.0.1, 203.0.113.7");
        assertThat(profile.status()).as(profile.body()).isEqualTo(200);

        PackagedServer recipient = server.as(profile.json().path("bearerToken").asText());
        assertThat(recipient
                        .send("GET", SHARES, "", FORWARDED_FOR, "203.0.113.7")
                        .status())
                .isEqualTo(200);
        Answer refused = recipient.send("GET", SHARES, "", FORWARDED_FOR, "203.0.113.7, 198.51.100.4");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().path("errorCode").asText()).isEqualTo("PERMISSION_DENIED");
        assertThat(refused.json().path("message").asText()).contains("198.51.100.4");
        assertThat(recipient.get(SHARES).status()).isEqualTo(403);
    }

    @Test
    void aRecipientComesWithATokenOfItsOwnIssuer() throws Exception {
        databricks
                .recipients()
                .create(new CreateRecipient()
                        .setName("federated")
                        .setAuthenticationType(AuthenticationType.OIDC_FEDERATION));
        FederationPolicy made = create("jobs", "etl");
        assertThat(made.getOidcPolicy()).isEqualTo(policy("etl"));
        assertThat(Instant.parse(made.getCreateTime())).isBeforeOrEqualTo(Instant.now());
        create("people", "ann");
        var policies = databricks.recipientFederationPolicies();
        assertThat(policies.getFederationPolicy("federated", "jobs")).isEqualTo(made);
        assertThat(policies.list(new ListFederationPoliciesRequest()
                        .setRecipientName("federated")
                        .setMaxResults(1L)))
                .extracting(FederationPolicy::getName)
                .containsExactly("jobs", "people");

        assertThat(enter(signed("etl", "sluice", key))).isEqualTo(200);
        assertThat(enter(signed("ann", "sluice", key))).isEqualTo(200);
        assertThat(enter(signed("eve", "sluice", key))).isEqualTo(401);
        assertThat(enter(signed("etl", "another", key))).isEqualTo(401);
        RsaJsonWebKey stranger = RsaJwkGenerator.generateJwk(2048);
        stranger.setKeyId("k1");
        assertThat(enter(signed("etl", "sluice", stranger))).isEqualTo(401);
        String path = "/api/2.0/data-sharing/recipients/federated/federation-policies/jobs";
        assertThat(server.send("PATCH", path, "{\"comment\":\"nightly\"}")
                        .json()
                        .path("comment")
                        .asText())
                .isEqualTo("nightly");

        policies.delete("federated", "jobs");
        assertThat(enter(signed("etl", "sluice", key))).isEqualTo(401);
        assertThatThrownBy(() -> policies.getFederationPolicy("federated", "jobs"))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void aPersonPressesTheButtonAndTheirProgramGetsShortLivedTokens() throws Exception {
        RecipientInfo made = databricks
                .recipients()
                .create(new CreateRecipient()
                        .setName("client")
                        .setAuthenticationType(AuthenticationType.OAUTH_CLIENT_CREDENTIALS));
        PackagedServer anybody = server.as("none");
        Answer page = anybody.send("GET", made.getActivationUrl(), "", "Accept", "text/html");
        assertThat(page.body()).contains("<form method=\"post\">", "client");

        Answer file = anybody.send("POST", made.getActivationUrl(), "", FORM, FORM_TYPE, "Accept", "text/html");
        assertThat(file.status()).as(file.body()).isEqualTo(200);
        Answer again = anybody.send("POST", made.getActivationUrl(), "", FORM, FORM_TYPE, "Accept", "text/html");
        assertThat(again.status()).isEqualTo(404);
        assertThat(again.body()).contains("<h1>This link does not work</h1>");

        Answer token = anybody.send(
                "POST",
                file.json().path("tokenEndpoint").asText(),
                "grant_type=client_credentials&client_id="
                        + file.json().path("clientId").asText() + "&client_secret="
                        + file.json().path("clientSecret").asText(),
                FORM,
                FORM_TYPE);
        assertThat(token.status()).as(token.body()).isEqualTo(200);
        assertThat(enter(token.json().path("access_token").asText())).isEqualTo(200);
    }

    private static FederationPolicy create(String name, String subject) {
        return databricks
                .recipientFederationPolicies()
                .create(new CreateFederationPolicyRequest()
                        .setRecipientName("federated")
                        .setPolicy(new FederationPolicy().setName(name).setOidcPolicy(policy(subject))));
    }

    private static OidcFederationPolicy policy(String subject) {
        return new OidcFederationPolicy()
                .setIssuer(issuerUrl())
                .setAudiences(List.of("sluice"))
                .setSubjectClaim("sub")
                .setSubject(subject);
    }

    private static int enter(String token) throws Exception {
        return server.as(token).get(SHARES).status();
    }

    private static String nonce(RecipientInfo recipient) {
        String link = recipient.getActivationUrl();
        return link.substring(link.lastIndexOf('/') + 1);
    }

    private static String issuerUrl() {
        return "http://127.0.0.1:" + issuer.getAddress().getPort();
    }

    private static String signed(String subject, String audience, RsaJsonWebKey signer) throws Exception {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(issuerUrl());
        claims.setAudience(audience);
        claims.setSubject(subject);
        claims.setExpirationTimeMinutesInTheFuture(10);
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setKey(signer.getPrivateKey());
        signature.setKeyIdHeaderValue(signer.getKeyId());
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        return signature.getCompactSerialization();
    }
}
