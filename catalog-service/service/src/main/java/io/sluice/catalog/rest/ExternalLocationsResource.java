package io.sluice.catalog.rest;

import io.sluice.catalog.govern.Assets.Key;
import io.sluice.catalog.govern.ExternalLocations;
import io.sluice.model.grant.SecurableType;
import io.sluice.model.name.EntityName;
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
import org.jspecify.annotations.Nullable;

/** Folders outside that may be named by those who were granted to, and the credential that opens them. */
@Path("/api/2.1/unity-catalog/external-locations")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public final class ExternalLocationsResource {
    record CreateLocation(
            @Nullable String name,
            @Nullable String url,
            @Nullable String credentialName,
            @Nullable Boolean readOnly,
            @Nullable String comment) {}

    record UpdateLocation(
            @Nullable String newName,
            @Nullable String url,
            @Nullable String credentialName,
            @Nullable Boolean readOnly,
            @Nullable String comment,
            @Nullable String owner) {}

    @POST
    public Response create(byte[] body, @Context SecurityContext security) {
        CreateLocation wanted = Wire.read(body, CreateLocation.class);
        return Wire.ok(Callers.metastore(security)
                .externalLocations()
                .create(
                        Callers.of(security),
                        EntityName.of(Fields.required("name", wanted.name())),
                        new ExternalLocations.Wanted(
                                Fields.required("url", wanted.url()),
                                EntityName.of(Fields.required("credential_name", wanted.credentialName())),
                                wanted.readOnly()),
                        wanted.comment())
                .body());
    }

    @GET
    public Response list(
            @QueryParam("max_results") @Nullable String maxResults,
            @QueryParam("page_token") @Nullable String pageToken,
            @Context SecurityContext security) {
        return Wire.assets(
                "external_locations",
                Callers.metastore(security)
                        .assets()
                        .list(
                                Callers.of(security),
                                SecurableType.EXTERNAL_LOCATION,
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
        UpdateLocation wanted = Wire.read(body, UpdateLocation.class);
        return Wire.ok(Callers.metastore(security)
                .externalLocations()
                .update(
                        Callers.of(security),
                        EntityName.of(name),
                        new ExternalLocations.Wanted(
                                wanted.url(), Fields.map(wanted.credentialName(), EntityName::of), wanted.readOnly()),
                        Fields.map(wanted.newName(), EntityName::of),
                        wanted.comment(),
                        wanted.owner())
                .body());
    }

    @DELETE
    @Path("{name}")
    public Response delete(@PathParam("name") String name, @Context SecurityContext security) {
        Callers.metastore(security).assets().delete(Callers.of(security), key(name));
        return Wire.deleted();
    }

    private static Key key(String name) {
        return Key.parse(SecurableType.EXTERNAL_LOCATION, name);
    }
}
