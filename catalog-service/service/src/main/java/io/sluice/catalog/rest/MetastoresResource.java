package io.sluice.catalog.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.catalog.govern.Metastores;
import io.sluice.catalog.record.MetastoreRecord;
import io.sluice.model.failure.Failure;
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

/** The metastores of this server. A caller's token belongs to one of them, and everything else is served within it. */
@Path("/api/2.1/unity-catalog")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public final class MetastoresResource {
    private final Metastores metastores;

    public MetastoresResource(Metastores metastores) {
        this.metastores = metastores;
    }

    record CreateMetastore(
            @Nullable String name,
            @Nullable String owner,
            @Nullable String storageRoot) {}

    record UpdateMetastore(
            @Nullable String newName, @Nullable String owner) {}

    @POST
    @Path("metastores")
    public Response create(byte[] body, @Context SecurityContext security) {
        CreateMetastore wanted = Wire.read(body, CreateMetastore.class);
        if (wanted.storageRoot() != null)
            throw Failure.invalid("A metastore has no storage_root of its own here. Give its catalogs one each.");
        return Wire.ok(
                info(metastores.open(Callers.entry(security), Fields.required("name", wanted.name()), wanted.owner())));
    }

    @GET
    @Path("metastores")
    public Response list(@Context SecurityContext security) {
        ObjectNode answer = Wire.object();
        ArrayNode found = answer.putArray("metastores");
        metastores.list(Callers.entry(security)).forEach(metastore -> found.add(info(metastore)));
        return Wire.ok(answer);
    }

    @GET
    @Path("metastores/{id}")
    public Response get(@PathParam("id") String id, @Context SecurityContext security) {
        return Wire.ok(info(metastores.get(Callers.entry(security), id)));
    }

    @PATCH
    @Path("metastores/{id}")
    public Response update(@PathParam("id") String id, byte[] body, @Context SecurityContext security) {
        UpdateMetastore wanted = Wire.read(body, UpdateMetastore.class);
        MetastoreRecord own = Callers.metastore(security).principals().metastore();
        if (!own.id().equals(id)) throw Failure.denied("Metastore %s is changed by its own admins.", id);
        if (wanted.newName() != null)
            throw Failure.invalid("A metastore keeps its name: its issuers and secrets are configured by it.");
        return Wire.ok(info(
                wanted.owner() == null
                        ? own
                        : Callers.metastore(security).principals().giveTo(Callers.of(security), wanted.owner())));
    }

    @DELETE
    @Path("metastores/{id}")
    public Response delete(
            @PathParam("id") String id,
            @QueryParam("force") @DefaultValue("false") boolean force,
            @Context SecurityContext security) {
        metastores.close(Callers.entry(security), id, force);
        return Wire.deleted();
    }

    @GET
    @Path("metastore_summary")
    public Response summary(@Context SecurityContext security) {
        return Wire.ok(info(Callers.metastore(security).principals().metastore()));
    }

    /** There are no workspaces here: the token alone assigns a caller to a metastore. */
    @GET
    @Path("current-metastore-assignment")
    public Response assignment(@Context SecurityContext security) {
        MetastoreRecord metastore = Callers.metastore(security).principals().metastore();
        return Wire.ok(Wire.object().put("metastore_id", metastore.id()).put("workspace_id", 0));
    }

    private static ObjectNode info(MetastoreRecord metastore) {
        return Wire.object()
                .put("metastore_id", metastore.id())
                .put("name", metastore.name())
                .put("owner", metastore.owner())
                .put("privilege_model_version", "1.0")
                .put("created_at", metastore.stamp().createdAt())
                .put("created_by", metastore.stamp().createdBy())
                .put("updated_at", metastore.stamp().updatedAt())
                .put("updated_by", metastore.stamp().updatedBy());
    }
}
