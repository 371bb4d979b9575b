package io.sluice.sharing.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import io.sluice.sharing.internal.Json;
import io.sluice.sharing.oauth.ClientGrant;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** The token endpoint of recipients that are OAuth clients. Id and secret come in a header or in the form. */
@Path("/delta-sharing/oauth/token")
@Produces(MediaType.APPLICATION_JSON)
public final class RecipientTokenResource {
    private static final String SCHEME = "Basic ";

    private final ClientGrant grant;

    public RecipientTokenResource(ClientGrant grant) {
        this.grant = grant;
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response token(
            @HeaderParam(HttpHeaders.AUTHORIZATION) Optional<String> authorization,
            @FormParam("grant_type") Optional<String> grantType,
            @FormParam("client_id") Optional<String> clientId,
            @FormParam("client_secret") Optional<String> clientSecret) {
        if (!grantType.equals(Optional.of("client_credentials")))
            return refused(400, "unsupported_grant_type", "Only client_credentials is served here.");
        Optional<String> basic = authorization.filter(RecipientTokenResource::isBasic);
        Optional<Client> client = basic.isPresent()
                ? basic.flatMap(RecipientTokenResource::client)
                : clientId.flatMap(id -> clientSecret.map(secret -> new Client(id, secret)));
        if (client.isEmpty()) return refused(401, "invalid_client", "Send the client's id and secret.");
        try {
            return granted(grant.grant(client.get().id(), client.get().secret()));
        } catch (Failure e) {
            if (e.kind() != FailureKind.UNAUTHENTICATED) throw e;
            return refused(401, "invalid_client", String.valueOf(e.getMessage()));
        }
    }

    private static Response granted(ClientGrant.Granted granted) {
        ObjectNode json = Json.object()
                .put("access_token", granted.token())
                .put("token_type", "Bearer")
                .put("expires_in", granted.life().toSeconds());
        return Response.ok(json).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }

    /** In the shape of OAuth (RFC 6749, section 5.2), which clients of this endpoint read. */
    private static Response refused(int status, String error, String description) {
        Response.ResponseBuilder response = Response.status(status)
                .type(MediaType.APPLICATION_JSON)
                .entity(Json.object().put("error", error).put("error_description", description));
        return status == 401
                ? response.header(HttpHeaders.WWW_AUTHENTICATE, "Basic").build()
                : response.build();
    }

    private record Client(String id, String secret) {}

    private static boolean isBasic(String authorization) {
        return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    private static Optional<Client> client(String authorization) {
        try {
            String pair = new String(
                    Base64.getDecoder()
                            .decode(authorization.substring(SCHEME.length()).trim()),
                    StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(new Client(decoded(pair.substring(0, colon)), decoded(pair.substring(colon + 1))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
