package io.sluice.catalog.rest;

import io.sluice.catalog.vending.Access;
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
import org.jspecify.annotations.Nullable;

@Path("/api/2.1/unity-catalog")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public final class TemporaryCredentialsResource {
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
        return Wire.ok(Callers.metastore(security)
                .vending()
                .forTable(Callers.of(security), Fields.required("table_id", request.tableId()), access)
                .toWire());
    }

    @POST
    @Path("temporary-volume-credentials")
    public Response forVolume(byte[] body, @Context SecurityContext security) {
        ForVolume request = Wire.read(body, ForVolume.class);
        Access access = access(request.operation(), "READ_VOLUME", "WRITE_VOLUME");
        return Wire.ok(Callers.metastore(security)
                .vending()
                .forVolume(Callers.of(security), Fields.required("volume_id", request.volumeId()), access)
                .toWire());
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
        return Wire.ok(Callers.metastore(security)
                .vending()
                .forModelVersion(Callers.of(security), model, Fields.required("version", request.version()), access)
                .toWire());
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
        return Wire.ok(Callers.metastore(security)
                .vending()
                .forPath(Callers.of(security), Fields.required("url", request.url()), access, privilege)
                .toWire());
    }

    static Access access(@Nullable String operation, String read, String write) {
        String wanted = Fields.required("operation", operation);
        if (wanted.equals(read)) return Access.READ;
        if (wanted.equals(write)) return Access.READ_WRITE;
        throw Failure.invalid("The operation is \"%s\". Use %s or %s.", wanted, read, write);
    }
}
