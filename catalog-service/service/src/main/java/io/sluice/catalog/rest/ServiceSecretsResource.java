package io.sluice.catalog.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.catalog.govern.Tokens;
import io.sluice.catalog.record.TokenRecord;
import io.sluice.model.failure.Failure;
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
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Secrets of service principals, where the hosted product has them. A secret is in the answer to its creation only. */
@Path("/api/2.0/accounts/servicePrincipals/{service}/credentials/secrets")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public final class ServiceSecretsResource {
    private static final Duration DEFAULT_LIFE = Duration.ofDays(90);

    /** @param lifetime seconds with an s behind them, as protocol buffers write durations */
    record CreateSecret(@Nullable String lifetime) {
        Duration life() {
            if (lifetime == null) return DEFAULT_LIFE;
            try {
                return Duration.parse("PT" + lifetime.toUpperCase(java.util.Locale.ROOT));
            } catch (java.time.format.DateTimeParseException e) {
                throw Failure.invalid("The lifetime is \"%s\". Write seconds, as in 3600s.", lifetime);
            }
        }
    }

    @POST
    public Response create(@PathParam("service") String service, byte[] body, @Context SecurityContext security) {
        CreateSecret wanted = body.length == 0 ? new CreateSecret(null) : Wire.read(body, CreateSecret.class);
        Tokens.IssuedToken issued =
                Callers.metastore(security).tokens().issueSecret(Callers.of(security), service, wanted.life());
        return Wire.ok(info(issued.record()).put("secret", issued.token()));
    }

    @GET
    public Response list(@PathParam("service") String service, @Context SecurityContext security) {
        ObjectNode answer = Wire.object();
        var secrets = answer.putArray("secrets");
        for (Tokens.UsedToken secret :
                Callers.metastore(security).tokens().listSecrets(Callers.of(security), service)) {
            ObjectNode info = info(secret.record());
            secret.lastUsed().ifPresent(at -> info.put("last_used_time", time(at)));
            secrets.add(info);
        }
        return Wire.ok(answer);
    }

    @DELETE
    @Path("{secret}")
    public Response delete(
            @PathParam("service") String service,
            @PathParam("secret") String secret,
            @Context SecurityContext security) {
        Callers.metastore(security).tokens().revokeSecret(Callers.of(security), service, secret);
        return Wire.deleted();
    }

    private static ObjectNode info(TokenRecord secret) {
        return Wire.object()
                .put("id", secret.id())
                .put("secret_hash", secret.digest())
                .put("status", "ACTIVE")
                .put("create_time", time(secret.createdAt()))
                .put("update_time", time(secret.createdAt()))
                .put("expire_time", time(secret.expiresAt()));
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
