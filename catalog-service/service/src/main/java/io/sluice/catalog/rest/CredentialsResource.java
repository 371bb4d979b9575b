package io.sluice.catalog.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.catalog.govern.Assets;
import io.sluice.catalog.govern.Assets.Draft;
import io.sluice.catalog.govern.Assets.Key;
import io.sluice.catalog.vending.StorageIdentity;
import io.sluice.model.failure.Failure;
import io.sluice.model.grant.SecurableType;
import io.sluice.model.name.EntityName;
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
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Storage credentials. A credential names as whom this server asks a cloud; secrets never come through here, so that
 * none can be read back, logged or lost with a backup.
 */
@Path("/api/2.1/unity-catalog/credentials")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public final class CredentialsResource {
    private static final String STORAGE = "STORAGE";

    record CreateCredential(
            @Nullable String name,
            @Nullable String purpose,
            @Nullable String comment) {}

    record UpdateCredential(
            @Nullable String newName,
            @Nullable String comment,
            @Nullable String owner) {}

    @POST
    public Response create(byte[] body, @Context SecurityContext security) {
        CreateCredential wanted = Wire.read(body, CreateCredential.class);
        String purpose = wanted.purpose() == null ? STORAGE : wanted.purpose();
        if (!purpose.equals(STORAGE))
            throw Failure.unsupported("Credentials of purpose %s are not served. Use STORAGE.", purpose);
        ObjectNode details = details(Wire.object(), Wire.tree(body));
        return Wire.ok(Callers.metastore(security)
                .assets()
                .create(
                        Callers.of(security),
                        key(Fields.required("name", wanted.name())),
                        new Draft(null, wanted.comment(), details))
                .body());
    }

    @GET
    public Response list(
            @QueryParam("max_results") @Nullable String maxResults,
            @QueryParam("page_token") @Nullable String pageToken,
            @Context SecurityContext security) {
        return Wire.assets(
                "credentials",
                Callers.metastore(security)
                        .assets()
                        .list(
                                Callers.of(security),
                                SecurableType.CREDENTIAL,
                                null,
                                Fields.page(maxResults, pageToken)));
    }

    @GET
    @Path("{name}")
    public Response get(@PathParam("name") String name, @Context SecurityContext security) {
        return Wire.ok(Callers.metastore(security)
                .assets()
                .get(Callers.of(security), key(name))
                .body());
    }

    @PATCH
    @Path("{name}")
    public Response update(@PathParam("name") String name, byte[] body, @Context SecurityContext security) {
        UpdateCredential wanted = Wire.read(body, UpdateCredential.class);
        ObjectNode tree = Wire.tree(body);
        return Wire.ok(Callers.metastore(security)
                .assets()
                .update(
                        Callers.of(security),
                        key(name),
                        new Assets.Patch(
                                Fields.map(wanted.newName(), EntityName::of),
                                wanted.comment(),
                                wanted.owner(),
                                null,
                                now -> details(now, tree)))
                .body());
    }

    @DELETE
    @Path("{name}")
    public Response delete(
            @PathParam("name") String name,
            @QueryParam("force") @DefaultValue("false") boolean force,
            @Context SecurityContext security) {
        if (!force) Callers.metastore(security).externalLocations().requireUnused(EntityName.of(name));
        Callers.metastore(security).assets().delete(Callers.of(security), key(name));
        return Wire.deleted();
    }

    /** What is not wanted otherwise stays. */
    private static ObjectNode details(JsonNode now, ObjectNode wanted) {
        // It is ours to choose: it keeps another customer's server from taking the same role. And it stays, since the
        // role's owner has written it down.
        String externalId =
                now.at("/aws_iam_role/external_id").asText(UUID.randomUUID().toString());
        if (wanted.get("aws_iam_role") instanceof ObjectNode role) role.put("external_id", externalId);
        StorageIdentity identity = StorageIdentity.of(StorageIdentity.isIn(wanted) ? wanted : now);
        boolean isReadOnly =
                wanted.path("read_only").asBoolean(now.path("read_only").asBoolean());
        return Wire.object()
                .put("purpose", STORAGE)
                .put("read_only", isReadOnly)
                .set(identity.wireName(), identity.toWire());
    }

    private static Key key(String name) {
        return Key.parse(SecurableType.CREDENTIAL, name);
    }
}
