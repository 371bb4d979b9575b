package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.service.iam.MeRequest;
import com.databricks.sdk.service.iam.ServicePrincipal;
import com.sun.net.httpserver.HttpServer;
import io.sluice.server.PackagedServer.Answer;
import io.unitycatalog.client.ApiClientBuilder;
import io.unitycatalog.client.api.CatalogsApi;
import io.unitycatalog.client.auth.TokenProvider;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
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

/** Getting in as people and programs do it where an issuer knows who is who. */
class SignInIT {
    private static final String CATALOGS = "/api/2.1/unity-catalog/catalogs";
    private static final String EXCHANGE = "/api/1.0/unity-control/auth/tokens";
    private static final String ANN = "ann@example.com";

    @TempDir
    private static Path folder;

    private static HttpServer issuer;
    private static RsaJsonWebKey key;
    private static PackagedServer server;

    @BeforeAll
    static void start() throws Exception {
        key = RsaJwkGenerator.generateJwk(2048);
        key.setKeyId("k1");
        issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] keys = new JsonWebKeySet(key).toJson().getBytes(StandardCharsets.UTF_8);
        issuer.createContext("/keys", exchange -> {
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        issuer.start();
        server = PackagedServer.configured(configuration(), folder.resolve("data"), signed(ANN));
    }

    private static Path configuration() throws Exception {
        Path config = Files.writeString(folder.resolve("sluice.properties"), """
                sluice.data=%s
                sluice.store=sqlite:%s
                sluice.public-url=https://sluice.example.org
                sluice.http.port=%d
                sluice.management.port=%d
                sluice.admin.principal=%s
                sluice.auth.oidc.corp.issuer=%s
                sluice.auth.oidc.corp.audience=sluice
                sluice.auth.oidc.corp.jwks-url=%s/keys
                sluice.keys.service=local
                sluice.stores.lake.root=%s
                sluice.stores.lake.cloud=onprem
                sluice.stores.lake.region=hall-1
                """.formatted(
                        folder.resolve("data"),
                        folder.resolve("metastore.db"),
                        PackagedServer.freePort(),
                        PackagedServer.freePort(),
                        ANN,
                        issuerUrl(),
                        issuerUrl(),
                        folder.resolve("lake").toUri()));
        Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-------"));
        return config;
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        issuer.stop(0);
    }

    @Test
    void theTokenOfAnIssuerIsATokenHere() throws Exception {
        var unity = ApiClientBuilder.create()
                .uri(server.uri())
                .tokenProvider(TokenProvider.create(Map.of("type", "static", "token", signed(ANN))))
                .build();
        assertThat(new CatalogsApi(unity).listCatalogs(null, 10).getCatalogs()).isNotNull();
        assertThat(server.as(signed("eve@example.com")).get(CATALOGS).status()).isEqualTo(401);
    }

    @Test
    void aTokenIsExchangedForASessionThatEndsBySigningOut() throws Exception {
        Answer exchanged = form(
                EXCHANGE + "?ext=cookie",
                Map.of(
                        "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
                        "requested_token_type", "urn:ietf:params:oauth:token-type:access_token",
                        "subject_token_type", "urn:ietf:params:oauth:token-type:id_token",
                        "subject_token", signed(ANN)));
        assertThat(exchanged.status()).as(exchanged.body()).isEqualTo(200);
        assertThat(exchanged.json().get("issued_token_type").asText())
                .isEqualTo("urn:ietf:params:oauth:token-type:access_token");
        assertThat(exchanged.response().headers().firstValue("set-cookie").orElseThrow())
                .contains("UC_TOKEN=", "HttpOnly", "SameSite=Strict");

        PackagedServer session = server.as(exchanged.json().get("access_token").asText());
        assertThat(session.get(CATALOGS).status()).isEqualTo(200);
        assertThat(session.post("/api/1.0/unity-control/auth/logout", "").status())
                .isEqualTo(200);
        assertThat(session.get(CATALOGS).status()).isEqualTo(401);
    }

    @Test
    void whatIsNoExchangeIsRefused() throws Exception {
        assertThat(form(EXCHANGE, Map.of("grant_type", "password")).status()).isEqualTo(400);
        Answer forged = form(
                EXCHANGE,
                Map.of(
                        "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
                        "subject_token_type", "urn:ietf:params:oauth:token-type:id_token",
                        "subject_token", signed(ANN) + "x"));
        assertThat(forged.status()).isEqualTo(401);
        assertThat(forged.json().get("error_code").asText()).isEqualTo("UNAUTHENTICATED");
    }

    @Test
    void aServicePrincipalGetsInWithTheClientsOfUnityCatalogAndOfDatabricks() throws Exception {
        String host = server.uri().toString();
        WorkspaceClient admin = new WorkspaceClient(
                new DatabricksConfig().setHost(host).setToken(signed(ANN)).setAuthType("pat"));
        assertThat(admin.currentUser().me(new MeRequest()).getUserName()).isEqualTo(ANN);
        ServicePrincipal made = admin.servicePrincipals().create(new ServicePrincipal().setDisplayName("nightly load"));
        Answer secret = server.post(
                "/api/2.0/accounts/servicePrincipals/" + made.getId() + "/credentials/secrets",
                "{\"lifetime\":\"7200s\"}");
        assertThat(secret.status()).as(secret.body()).isEqualTo(200);
        String clientSecret = secret.json().get("secret").asText();

        var unity = ApiClientBuilder.create()
                .uri(server.uri())
                .tokenProvider(TokenProvider.create(Map.of(
                        "type",
                        "oauth",
                        "oauth.uri",
                        host + "/oidc/v1/token",
                        "oauth.clientId",
                        made.getApplicationId(),
                        "oauth.clientSecret",
                        clientSecret)))
                .build();
        assertThat(new CatalogsApi(unity).listCatalogs(null, 10).getCatalogs()).isEmpty();

        WorkspaceClient service = new WorkspaceClient(new DatabricksConfig()
                .setHost(host)
                .setClientId(made.getApplicationId())
                .setClientSecret(clientSecret)
                .setAuthType("oauth-m2m"));
        assertThat(service.currentUser().me(new MeRequest()).getUserName()).isEqualTo(made.getApplicationId());

        Answer wrong = form(
                "/oidc/v1/token",
                Map.of(
                        "grant_type",
                        "client_credentials",
                        "client_id",
                        made.getApplicationId(),
                        "client_secret",
                        clientSecret + "x"));
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.json().get("error").asText()).isEqualTo("invalid_client");
    }

    @Test
    void usersAreFoundByFilterAndSwitchedOff() throws Exception {
        String users = "/api/1.0/unity-control/scim2/Users";
        String id = server.post(users, "{\"emails\":[{\"value\":\"bob@example.com\"}]}")
                .json()
                .get("id")
                .asText();
        Answer found = server.get(
                users + "?filter=" + URLEncoder.encode("userName eq \"BOB@example.com\"", StandardCharsets.UTF_8));
        assertThat(found.json().at("/Resources/0/id").asText()).isEqualTo(id);
        assertThat(server.as(signed("bob@example.com")).get(CATALOGS).status()).isEqualTo(200);

        Answer off = server.send("PUT", users + "/" + id, "{\"displayName\":\"Bob\",\"active\":false}");
        assertThat(off.json().get("active").asBoolean()).isFalse();
        assertThat(server.as(signed("bob@example.com")).get(CATALOGS).status()).isEqualTo(401);
    }

    private static Answer form(String path, Map<String, String> fields) throws Exception {
        StringBuilder body = new StringBuilder();
        fields.forEach((name, value) -> body.append(body.isEmpty() ? "" : "&")
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return server.as("").send("POST", path, body.toString(), "Content-Type", "application/x-www-form-urlencoded");
    }

    private static String issuerUrl() {
        return "http://127.0.0.1:" + issuer.getAddress().getPort();
    }

    private static String signed(String email) throws Exception {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(issuerUrl());
        claims.setAudience("sluice");
        claims.setSubject(email);
        claims.setClaim("email", email);
        claims.setExpirationTimeMinutesInTheFuture(30);
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setKey(key.getPrivateKey());
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        return signature.getCompactSerialization();
    }
}
