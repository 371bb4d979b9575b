package io.sluice.catalog.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.catalog.govern.Metastores;
import io.sluice.catalog.govern.Tokens;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The token endpoint for service principals, by OAuth's client credentials grant, and the document that tells it. */
@Path("/oidc")
@Produces(MediaType.APPLICATION_JSON)
public final class OAuthResource {
    private final Metastores metastores;
    private final Clock clock;

    public OAuthResource(Metastores metastores, Clock clock) {
        this.metastores = metastores;
        this.clock = clock;
    }

    @GET
    @Path(".well-known/oauth-authorization-server")
    public Response endpoints(@Context UriInfo uri) {
        String base = uri.getBaseUri().resolve("/oidc").toString();
        ObjectNode answer = Wire.object()
                .put("issuer", base)
                .put("token_endpoint", base + "/v1/token")
                // Clients read it even where they never use it; people sign in at their issuer.
                .put("authorization_endpoint", base + "/v1/authorize");
        answer.putArray("grant_types_supported").add("client_credentials");
        answer.putArray("token_endpoint_auth_methods_supported")
                .add("client_secret_basic")
                .add("client_secret_post");
        return Wire.ok(answer);
    }

    @POST
    @Path("v1/token")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response token(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @FormParam("grant_type") String grantType,
            @FormParam("scope") String scope,
            @FormParam("client_id") String clientId,
            @FormParam("client_secret") String clientSecret) {
        if (!"client_credentials".equals(grantType))
            return refused(400, "unsupported_grant_type", "Only client_credentials is served here.");
        Client client = client(authorization, clientId, clientSecret);
        if (client == null) return refused(401, "invalid_client", "Send the client's id and secret.");
        try {
            return session(metastores.of(client.secret()).signIn().withSecret(client.id(), client.secret()), scope);
        } catch (Failure e) {
            if (e.kind() != FailureKind.UNAUTHENTICATED) throw e;
            return refused(401, "invalid_client", String.valueOf(e.getMessage()));
        }
    }

    private Response session(Tokens.IssuedToken session, @Nullable String scope) {
        ObjectNode answer = Wire.object()
                .put("access_token", session.token())
                .put("token_type", "Bearer")
                .put("expires_in", (session.record().expiresAt() - clock.millis()) / 1_000)
                .put("scope", scope == null ? "all-apis" : scope);
        return Response.ok(Wire.bytes(answer), MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    /** In the shape of OAuth (RFC 6749, section 5.2), which clients of this endpoint read. */
    private static Response refused(int status, String error, String description) {
        Response.ResponseBuilder response = Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(Wire.bytes(Wire.object().put("error", error).put("error_description", description)));
        return status == 401
                ? response.header(HttpHeaders.WWW_AUTHENTICATE, "Basic").build()
                : response.build();
    }

    private record Client(String id, String secret) {}

    private static @Nullable Client client(
            @Nullable String authorization, @Nullable String clientId, @Nullable String clientSecret) {
        if (authorization != null && authorization.regionMatches(true, 0, "Basic ", 0, 6)) return basic(authorization);
        return clientId == null || clientSecret == null ? null : new Client(clientId, clientSecret);
    }

    private static @Nullable Client basic(String authorization) {
        try {
            String pair = new String(
                    Base64.getDecoder().decode(authorization.substring(6).trim()), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            if (colon < 0) return null;
            return new Client(decoded(pair.substring(0, colon)), decoded(pair.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
