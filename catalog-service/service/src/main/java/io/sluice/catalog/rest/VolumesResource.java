package io.sluice.catalog.rest;

import io.sluice.catalog.govern.Assets;
import io.sluice.catalog.govern.Assets.Key;
import io.sluice.catalog.govern.Volumes.VolumeType;
import io.sluice.catalog.snapshot.AssetNode;
import io.sluice.model.failure.Failure;
import io.sluice.model.grant.SecurableType;
import io.sluice.model.name.EntityName;
import io.sluice.model.name.SchemaName;
import io.sluice.model.name.TableName;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
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
import java.util.Locale;
import org.jspecify.annotations.Nullable;

@Path("/api/2.1/unity-catalog/volumes")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public final class VolumesResource {
    record CreateVolume(
            @Nullable String catalogName,
            @Nullable String schemaName,
            @Nullable String name,
            @Nullable String volumeType,
            @Nullable String storageLocation,
            @Nullable String comment) {}

    record UpdateVolume(
            @Nullable String newName,
            @Nullable String comment,
            @Nullable String owner) {}

    @POST
    public Response create(byte[] body, @Context SecurityContext security) {
        CreateVolume wanted = Wire.read(body, CreateVolume.class);
        AssetNode made = Callers.metastore(security)
                .volumes()
                .create(
                        Callers.of(security),
                        TableName.of(
                                Fields.required("catalog_name", wanted.catalogName()),
                                Fields.required("schema_name", wanted.schemaName()),
                                Fields.required("name", wanted.name())),
                        volumeType(Fields.required("volume_type", wanted.volumeType())),
                        wanted.storageLocation(),
                        wanted.comment());
        return Wire.ok(made.body());
    }

    @GET
    public Response list(
            @QueryParam("catalog_name") @Nullable String catalogName,
            @QueryParam("schema_name") @Nullable String schemaName,
            @QueryParam("max_results") @Nullable String maxResults,
            @QueryParam("page_token") @Nullable String pageToken,
            @Context SecurityContext security) {
        return Wire.assets(
                "volumes",
                Callers.metastore(security)
                        .assets()
                        .list(
                                Callers.of(security),
                                SecurableType.VOLUME,
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
                .get(Callers.of(security), key(fullName))
                .body());
    }

    @PATCH
    @Path("{full_name}")
    public Response update(@PathParam("full_name") String fullName, byte[] body, @Context SecurityContext security) {
        UpdateVolume wanted = Wire.read(body, UpdateVolume.class);
        return Wire.ok(Callers.metastore(security)
                .assets()
                .update(
                        Callers.of(security),
                        key(fullName),
                        Assets.Patch.of(Fields.map(wanted.newName(), EntityName::of), wanted.comment(), wanted.owner()))
                .body());
    }

    @DELETE
    @Path("{full_name}")
    public Response delete(@PathParam("full_name") String fullName, @Context SecurityContext security) {
        Callers.metastore(security).assets().delete(Callers.of(security), key(fullName));
        return Wire.deleted();
    }

    private static Key key(String fullName) {
        return Key.parse(SecurableType.VOLUME, fullName);
    }

    private static VolumeType volumeType(String text) {
        return switch (text.toUpperCase(Locale.ROOT)) {
            case "MANAGED" -> VolumeType.MANAGED;
            case "EXTERNAL" -> VolumeType.EXTERNAL;
            default -> throw Failure.invalid("The volume_type is \"%s\". Use MANAGED or EXTERNAL.", text);
        };
    }
}
