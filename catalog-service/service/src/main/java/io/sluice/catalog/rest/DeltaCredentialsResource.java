package io.sluice.catalog.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.catalog.govern.Governance;
import io.sluice.catalog.govern.Vending;
import io.sluice.catalog.vending.Access;
import io.sluice.catalog.vending.VendedCredentials;
import io.sluice.model.failure.Failure;
import io.sluice.model.grant.Privilege;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Credentials for the files of tables to come, as Delta's API has them. */
@Path("/api/2.1/unity-catalog/delta/v1")
@Produces(MediaType.APPLICATION_JSON)
public final class DeltaCredentialsResource {
    private final Vending vending;

    public DeltaCredentialsResource(Governance governance) {
        this.vending = governance.vending();
    }

    @GET
    @Path("staging-tables/{table_id}/credentials")
    public Response forStagingTable(@PathParam("table_id") String tableId, @Context SecurityContext security) {
        return answer(
                vending.forStaging(Callers.of(security), DeltaParts.uuid("table_id", tableId)), Access.READ_WRITE);
    }

    /** For a folder that is to become an external table. */
    @GET
    @Path("temporary-path-credentials")
    public Response forPath(
            @QueryParam("location") @Nullable String location,
            @QueryParam("operation") @Nullable String operation,
            @Context SecurityContext security) {
        Access access = access(operation);
        Privilege privilege = access == Access.READ ? Privilege.READ_FILES : Privilege.CREATE_EXTERNAL_TABLE;
        return answer(
                vending.forPath(Callers.of(security), Fields.required("location", location), access, privilege),
                access);
    }

    static Access access(@Nullable String operation) {
        String wanted = Fields.required("operation", operation);
        for (Access access : Access.values()) if (access.name().equals(wanted)) return access;
        throw Failure.invalid("The operation is \"%s\". Use READ or READ_WRITE.", wanted);
    }

    static Response answer(VendedCredentials credentials, Access access) {
        ObjectNode answer = Wire.object();
        answer.putArray("storage-credentials").add(body(credentials, access));
        return Wire.ok(answer);
    }

    static ObjectNode body(VendedCredentials credentials, Access access) {
        ObjectNode body = Wire.object();
        body.put("prefix", credentials.location());
        body.put("operation", access.name());
        body.put(
                "expiration-time-ms",
                credentials.expiresAt().map(Instant::toEpochMilli).orElse(null));
        ObjectNode config = body.putObject("config");
        if (credentials instanceof VendedCredentials.AwsSession session)
            config.put("s3.access-key-id", session.accessKeyId())
                    .put("s3.secret-access-key", session.secretAccessKey())
                    .put("s3.session-token", session.sessionToken());
        return body;
    }
}
