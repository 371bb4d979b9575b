package io.sluice.catalog.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.catalog.record.UserRecord;
import io.sluice.catalog.record.UserRecord.Kind;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Callers that are no people, by SCIM. Grants are given to the application id, which the server makes up. */
@Path(Scim.BASE + "/ServicePrincipals")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public final class ServicePrincipalsResource {
    record ScimService(
            @Nullable String displayName, @Nullable Boolean active) {}

    @POST
    public Response create(byte[] body, @Context SecurityContext security) {
        ScimService wanted = Wire.readCamel(body, ScimService.class);
        return Scim.created(scim(Callers.metastore(security)
                .principals()
                .createService(Callers.of(security), Fields.required("displayName", wanted.displayName()))));
    }

    @GET
    public Response list(
            @QueryParam("filter") String filter,
            @QueryParam("startIndex") String startIndex,
            @QueryParam("count") String count,
            @Context SecurityContext security) {
        List<ObjectNode> services =
                Callers.metastore(security).principals().list(Callers.of(security), Kind.SERVICE).stream()
                        .map(ServicePrincipalsResource::scim)
                        .toList();
        return Scim.list(services, filter, startIndex, count);
    }

    @GET
    @Path("{id}")
    public Response get(@PathParam("id") String id, @Context SecurityContext security) {
        return Wire.ok(scim(Callers.metastore(security).principals().get(Callers.of(security), id, Kind.SERVICE)));
    }

    @PUT
    @Path("{id}")
    public Response replace(@PathParam("id") String id, byte[] body, @Context SecurityContext security) {
        ScimService wanted = Wire.readCamel(body, ScimService.class);
        return Wire.ok(scim(Callers.metastore(security)
                .principals()
                .describe(Callers.of(security), id, Kind.SERVICE, wanted.displayName(), wanted.active())));
    }

    @DELETE
    @Path("{id}")
    public Response delete(@PathParam("id") String id, @Context SecurityContext security) {
        Callers.metastore(security).principals().delete(Callers.of(security), id, Kind.SERVICE);
        return Wire.deleted();
    }

    private static ObjectNode scim(UserRecord service) {
        return Scim.resource("ServicePrincipal")
                .put("id", service.id())
                .put("applicationId", service.name())
                .put("displayName", service.displayName())
                .put("active", service.active());
    }
}
