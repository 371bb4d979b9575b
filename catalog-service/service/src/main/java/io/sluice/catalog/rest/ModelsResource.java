package io.sluice.catalog.rest;

import io.sluice.catalog.govern.Assets;
import io.sluice.catalog.govern.Models;
import io.sluice.catalog.govern.Page;
import io.sluice.catalog.record.ModelVersionRecord;
import io.sluice.model.failure.Failure;
import io.sluice.model.grant.SecurableType;
import io.sluice.model.name.EntityName;
import io.sluice.model.name.SchemaName;
import io.sluice.model.name.TableName;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import org.jspecify.annotations.Nullable;

@Path("/api/2.1/unity-catalog/models")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public final class ModelsResource {
    record CreateModel(
            @Nullable String catalogName,
            @Nullable String schemaName,
            @Nullable String name,
            @Nullable String comment) {}

    record UpdateModel(
            @Nullable String newName,
            @Nullable String comment,
            @Nullable String owner) {}

    record CreateVersion(
            @Nullable String catalogName,
            @Nullable String schemaName,
            @Nullable String modelName,
            @Nullable String source,
            @Nullable String runId,
            @Nullable String comment) {}

    record UpdateVersion(@Nullable String comment) {}

    @POST
    public Response create(byte[] body, @Context SecurityContext security) {
        CreateModel wanted = Wire.read(body, CreateModel.class);
        TableName name = TableName.of(
                Fields.required("catalog_name", wanted.catalogName()),
                Fields.required("schema_name", wanted.schemaName()),
                Fields.required("name", wanted.name()));
        return Wire.ok(Callers.metastore(security)
                .models()
                .create(Callers.of(security), name, wanted.comment())
                .body());
    }

    @GET
    public Response list(
            @QueryParam("catalog_name") @Nullable String catalogName,
            @QueryParam("schema_name") @Nullable String schemaName,
            @QueryParam("max_results") @Nullable String maxResults,
            @QueryParam("page_token") @Nullable String pageToken,
            @Context SecurityContext security) {
        return Wire.assets(
                "registered_models",
                Callers.metastore(security)
                        .assets()
                        .list(
                                Callers.of(security),
                                SecurableType.REGISTERED_MODEL,
                                SchemaName.of(
                                        Fields.required("catalog_name", catalogName),
                                        Fields.required("schema_name", schemaName)),
                                Fields.page(maxResults, pageToken)));
    }

    @GET
    @Path("{full_name}")
    public Response get(@PathParam("full_name") String fullName, @Context SecurityContext security) {
        return Wire.ok(Callers.metastore(security)
                .assets()
                .get(Callers.of(security), Models.key(TableName.parse(fullName)))
                .body());
    }

    @PATCH
    @Path("{full_name}")
    public Response update(@PathParam("full_name") String fullName, byte[] body, @Context SecurityContext security) {
        UpdateModel wanted = Wire.read(body, UpdateModel.class);
        return Wire.ok(Callers.metastore(security)
                .assets()
                .update(
                        Callers.of(security),
                        Models.key(TableName.parse(fullName)),
                        Assets.Patch.of(Fields.map(wanted.newName(), EntityName::of), wanted.comment(), wanted.owner()))
                .body());
    }

    @DELETE
    @Path("{full_name}")
    public Response delete(
            @PathParam("full_name") String fullName,
            @QueryParam("force") @DefaultValue("false") boolean force,
            @Context SecurityContext security) {
        Callers.metastore(security).models().delete(Callers.of(security), TableName.parse(fullName), force);
        return Wire.deleted();
    }

    @POST
    @Path("versions")
    public Response createVersion(byte[] body, @Context SecurityContext security) {
        CreateVersion wanted = Wire.read(body, CreateVersion.class);
        TableName name = TableName.of(
                Fields.required("catalog_name", wanted.catalogName()),
                Fields.required("schema_name", wanted.schemaName()),
                Fields.required("model_name", wanted.modelName()));
        return Wire.ok(info(Callers.metastore(security)
                .models()
                .createVersion(
                        Callers.of(security),
                        name,
                        Fields.required("source", wanted.source()),
                        wanted.runId(),
                        wanted.comment())));
    }

    @GET
    @Path("{full_name}/versions")
    public Response listVersions(
            @PathParam("full_name") String fullName,
            @QueryParam("max_results") @Nullable String maxResults,
            @QueryParam("page_token") @Nullable String pageToken,
            @Context SecurityContext security) {
        Page<Models.Version> page = Callers.metastore(security)
                .models()
                .list(Callers.of(security), TableName.parse(fullName), Fields.page(maxResults, pageToken));
        return Wire.page(
                "model_versions",
                page.items().stream().map(version -> Wire.bytes(info(version))).toList(),
                page.nextToken());
    }

    @GET
    @Path("{full_name}/versions/{version}")
    public Response getVersion(
            @PathParam("full_name") String fullName,
            @PathParam("version") String version,
            @Context SecurityContext security) {
        return Wire.ok(info(Callers.metastore(security)
                .models()
                .version(Callers.of(security), TableName.parse(fullName), number(version))));
    }

    @PATCH
    @Path("{full_name}/versions/{version}")
    public Response updateVersion(
            @PathParam("full_name") String fullName,
            @PathParam("version") String version,
            byte[] body,
            @Context SecurityContext security) {
        UpdateVersion wanted = Wire.read(body, UpdateVersion.class);
        return Wire.ok(info(Callers.metastore(security)
                .models()
                .update(Callers.of(security), TableName.parse(fullName), number(version), wanted.comment())));
    }

    /** The body names the model and the version once more; the path decides. */
    @PATCH
    @Path("{full_name}/versions/{version}/finalize")
    public Response finalizeVersion(
            @PathParam("full_name") String fullName,
            @PathParam("version") String version,
            @Context SecurityContext security) {
        return Wire.ok(info(Callers.metastore(security)
                .models()
                .finalizeVersion(Callers.of(security), TableName.parse(fullName), number(version))));
    }

    @DELETE
    @Path("{full_name}/versions/{version}")
    public Response deleteVersion(
            @PathParam("full_name") String fullName,
            @PathParam("version") String version,
            @Context SecurityContext security) {
        Callers.metastore(security).models().delete(Callers.of(security), TableName.parse(fullName), number(version));
        return Wire.deleted();
    }

    record ModelVersionInfo(
            String modelName,
            String catalogName,
            String schemaName,
            String source,
            @Nullable String runId,
            String status,
            long version,
            @Nullable String comment,
            long createdAt,
            String createdBy,
            long updatedAt,
            String updatedBy,
            String id,
            String storageLocation) {}

    private static ModelVersionInfo info(Models.Version version) {
        ModelVersionRecord record = version.record();
        return new ModelVersionInfo(
                version.model().table().value(),
                version.model().catalog().value(),
                version.model().schema().schema().value(),
                record.source(),
                record.runId(),
                record.status().name(),
                record.version(),
                record.comment(),
                record.createdAt(),
                record.createdBy(),
                record.updatedAt(),
                record.updatedBy(),
                record.id(),
                record.location());
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw Failure.invalid("The model version is \"%s\". Write a whole number.", text);
        }
    }
}
