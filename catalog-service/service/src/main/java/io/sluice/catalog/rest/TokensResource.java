package io.sluice.catalog.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.catalog.access.Caller;
import io.sluice.catalog.govern.Metastores;
import io.sluice.catalog.govern.Tokens;
import io.sluice.catalog.record.TokenRecord;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Personal access tokens. The token itself is in the answer to its creation and nowhere else. */
@Path("/api/1.0/sluice/tokens")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public final class TokensResource {
    private static final Duration DEFAULT_LIFE = Duration.ofDays(90);

    private final Metastores metastores;

    public TokensResource(Metastores metastores) {
        this.metastores = metastores;
    }

    /** @param metastoreId another metastore than the caller's, for who operates the server */
    record CreateToken(
            @Nullable String metastoreId,
            @Nullable String user,
            @Nullable String comment,
            @Nullable Long lifetimeSeconds) {}

    @POST
    public Response create(byte[] body, @Context SecurityContext security) {
        CreateToken wanted = Wire.read(body, CreateToken.class);
        Caller caller = Callers.of(security);
        String user = wanted.user() == null ? caller.name() : wanted.user();
        String comment = wanted.comment() == null ? "" : wanted.comment();
        Duration life = wanted.lifetimeSeconds() == null ? DEFAULT_LIFE : Duration.ofSeconds(wanted.lifetimeSeconds());
        Tokens.IssuedToken issued = wanted.metastoreId() == null
                ? Callers.metastore(security).tokens().issue(caller, user, comment, life)
                : metastores.issueToken(Callers.entry(security), wanted.metastoreId(), user, comment, life);
        return Wire.ok(info(issued.record()).put("token_value", issued.token()));
    }

    @GET
    public Response list(@Context SecurityContext security) {
        ObjectNode answer = Wire.object();
        var list = answer.putArray("token_infos");
        for (Tokens.UsedToken token : Callers.metastore(security).tokens().list(Callers.of(security))) {
            ObjectNode info = info(token.record());
            token.lastUsed().ifPresent(at -> info.put("last_used_time", at));
            list.add(info);
        }
        return Wire.ok(answer);
    }

    @DELETE
    @Path("{id}")
    public Response revoke(@PathParam("id") String id, @Context SecurityContext security) {
        Callers.metastore(security).tokens().revoke(Callers.of(security), id);
        return Wire.deleted();
    }

    private static ObjectNode info(TokenRecord token) {
        return Wire.object()
                .put("token_id", token.id())
                .put("user", token.principal())
                .put("comment", token.comment())
                .put("creation_time", token.createdAt())
                .put("expiry_time", token.expiresAt());
    }
}
