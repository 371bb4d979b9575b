package io.sluice.catalog.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.catalog.govern.Governance;
import io.sluice.catalog.govern.Vending;
import io.sluice.catalog.vending.Access;
import io.sluice.catalog.vending.VendedCredentials;
import io.sluice.model.failure.Failure;
import io.sluice.model.grant.Privilege;
import io.sluice.model.name.TableName;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Path("/api/2.1/unity-catalog")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public final class TemporaryCredentialsResource {
    private final Vending vending;

    public TemporaryCredentialsResource(Governance governance) {
        this.vending = governance.vending();
    }

    record ForTable(@Nullable String tableId, @Nullable String operation) {}

    record ForVolume(@Nullable String volumeId, @Nullable String operation) {}

    record ForPath(@Nullable String url, @Nullable String operation) {}

    record ForModelVersion(
            @Nullable String catalogName,
            @Nullable String schemaName,
            @Nullable String modelName,
            @Nullable Long version,
            @Nullable String operation) {}

    @POST
    @Path("temporary-table-credentials")
    public Response forTable(byte[] body, @Context SecurityContext security) {
        ForTable request = Wire.read(body, ForTable.class);
        Access access = access(request.operation(), "READ", "READ_WRITE");
        return answer(vending.forTable(Callers.of(security), Fields.required("table_id", request.tableId()), access));
    }

    @POST
    @Path("temporary-volume-credentials")
    public Response forVolume(byte[] body, @Context SecurityContext security) {
        ForVolume request = Wire.read(body, ForVolume.class);
        Access access = access(request.operation(), "READ_VOLUME", "WRITE_VOLUME");
        return answer(
                vending.forVolume(Callers.of(security), Fields.required("volume_id", request.volumeId()), access));
    }

    @POST
    @Path("temporary-model-version-credentials")
    public Response forModelVersion(byte[] body, @Context SecurityContext security) {
        ForModelVersion request = Wire.read(body, ForModelVersion.class);
        TableName model = TableName.of(
                Fields.required("catalog_name", request.catalogName()),
                Fields.required("schema_name", request.schemaName()),
                Fields.required("model_name", request.modelName()));
        Access access = access(request.operation(), "READ_MODEL_VERSION", "READ_WRITE_MODEL_VERSION");
        return answer(vending.forModelVersion(
                Callers.of(security), model, Fields.required("version", request.version()), access));
    }

    @POST
    @Path("temporary-path-credentials")
    public Response forPath(byte[] body, @Context SecurityContext security) {
        ForPath request = Wire.read(body, ForPath.class);
        String operation = Fields.required("operation", request.operation());
        Privilege privilege = switch (operation) {
            case "PATH_READ" -> Privilege.READ_FILES;
            case "PATH_READ_WRITE" -> Privilege.WRITE_FILES;
            case "PATH_CREATE_TABLE" -> Privilege.CREATE_EXTERNAL_TABLE;
            default ->
                throw Failure.invalid(
                        "The operation is \"%s\". Use PATH_READ, PATH_READ_WRITE or PATH_CREATE_TABLE.", operation);
        };
        Access access = privilege == Privilege.READ_FILES ? Access.READ : Access.READ_WRITE;
        return answer(vending.forPath(Callers.of(security), Fields.required("url", request.url()), access, privilege));
    }

    private static Response answer(VendedCredentials credentials) {
        ObjectNode answer = Wire.object();
        answer.putNull("aws_temp_credentials")
                .putNull("azure_user_delegation_sas")
                .putNull("gcp_oauth_token");
        if (credentials instanceof VendedCredentials.AwsSession session)
            answer.putObject("aws_temp_credentials")
                    .put("access_key_id", session.accessKeyId())
                    .put("secret_access_key", session.secretAccessKey())
                    .put("session_token", session.sessionToken());
        answer.put(
                "expiration_time",
                credentials.expiresAt().map(Instant::toEpochMilli).orElse(null));
        return Wire.ok(answer.put("url", credentials.location()));
    }

    private static Access access(@Nullable String operation, String read, String write) {
        String wanted = Fields.required("operation", operation);
        if (wanted.equals(read)) return Access.READ;
        if (wanted.equals(write)) return Access.READ_WRITE;
        throw Failure.invalid("The operation is \"%s\". Use %s or %s.", wanted, read, write);
    }
}
