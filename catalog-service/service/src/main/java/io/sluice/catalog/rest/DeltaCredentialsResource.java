package io.sluice.catalog.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.catalog.vending.Access;
import io.sluice.catalog.vending.VendedCredentials;
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
    @GET
    @Path("staging-tables/{table_id}/credentials")
    public Response forStagingTable(@PathParam("table_id") String tableId, @Context SecurityContext security) {
        return answer(
                Callers.metastore(security)
                        .vending()
                        .forStaging(Callers.of(security), DeltaParts.uuid("table_id", tableId)),
                Access.READ_WRITE);
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
                Callers.metastore(security)
                        .vending()
                        .forPath(Callers.of(security), Fields.required("location", location), access, privilege),
                access);
    }

    static Access access(@Nullable String operation) {
        return TemporaryCredentialsResource.access(operation, "READ", "READ_WRITE");
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
        writeSecrets(credentials, body.putObject("config"));
        return body;
    }

    /** The API has no fields for where a store is that is not Amazon's: its clients are told by their own settings. */
    private static void writeSecrets(VendedCredentials credentials, ObjectNode config) {
        if (credentials instanceof VendedCredentials.S3Keys keys)
            config.put("s3.access-key-id", keys.accessKeyId())
                    .put("s3.secret-access-key", keys.secretAccessKey())
                    .put("s3.session-token", keys.sessionToken().orElse(null));
        if (credentials instanceof VendedCredentials.AzureSas sas) config.put("azure.sas-token", sas.sasToken());
        if (credentials instanceof VendedCredentials.GoogleToken token)
            config.put("gcs.oauth-token", token.oauthToken());
    }
}
