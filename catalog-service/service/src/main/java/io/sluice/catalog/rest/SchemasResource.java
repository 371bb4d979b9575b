package io.sluice.catalog.rest;

import io.sluice.catalog.govern.Page;
import io.sluice.catalog.govern.Schemas;
import io.sluice.catalog.snapshot.SchemaNode;
import io.sluice.model.name.EntityName;
import io.sluice.model.name.SchemaName;
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
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Path("/api/2.1/unity-catalog/schemas")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public final class SchemasResource {
    record CreateSchema(
            @Nullable String name,
            @Nullable String catalogName,
            @Nullable String comment,
            @Nullable Map<String, String> properties,
            @Nullable String storageRoot) {}

    record UpdateSchema(
            @Nullable String newName,
            @Nullable String comment,
            @Nullable Map<String, String> properties,
            @Nullable String owner) {}

    @POST
    public Response create(byte[] body, @Context SecurityContext security) {
        CreateSchema wanted = Wire.read(body, CreateSchema.class);
        return Wire.ok(Callers.metastore(security)
                .schemas()
                .create(
                        Callers.of(security),
                        new Schemas.NewSchema(
                                Fields.required("catalog_name", wanted.catalogName()),
                                Fields.required("name", wanted.name()),
                                wanted.comment(),
                                Fields.orEmpty(wanted.properties()),
                                wanted.storageRoot()))
                .body());
    }

    @GET
    public Response list(
            @QueryParam("catalog_name") @Nullable String catalogName,
            @QueryParam("max_results") @Nullable String maxResults,
            @QueryParam("page_token") @Nullable String pageToken,
            @Context SecurityContext security) {
        Page<SchemaNode> page = Callers.metastore(security)
                .schemas()
                .list(
                        Callers.of(security),
                        EntityName.of(Fields.required("catalog_name", catalogName)),
                        Fields.page(maxResults, pageToken));
        return Wire.page("schemas", page.items().stream().map(SchemaNode::body).toList(), page.nextToken());
    }

    @GET
    @Path("{full_name}")
    public Response get(@PathParam("full_name") String fullName, @Context SecurityContext security) {
        return Wire.ok(Callers.metastore(security)
                .schemas()
                .get(Callers.of(security), SchemaName.parse(fullName))
                .body());
    }

    @PATCH
    @Path("{full_name}")
    public Response update(@PathParam("full_name") String fullName, byte[] body, @Context SecurityContext security) {
        UpdateSchema wanted = Wire.read(body, UpdateSchema.class);
        SchemaName name = SchemaName.parse(fullName);
        return Wire.ok(Callers.metastore(security)
                .schemas()
                .update(
                        Callers.of(security),
                        name,
                        new Schemas.Patch(wanted.newName(), wanted.comment(), wanted.properties(), wanted.owner()))
                .body());
    }

    @DELETE
    @Path("{full_name}")
    public Response delete(
            @PathParam("full_name") String fullName,
            @QueryParam("force") @DefaultValue("false") boolean force,
            @Context SecurityContext security) {
        Callers.metastore(security).schemas().delete(Callers.of(security), SchemaName.parse(fullName), force);
        return Wire.deleted();
    }
}
