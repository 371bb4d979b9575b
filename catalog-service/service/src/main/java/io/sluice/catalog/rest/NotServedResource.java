package io.sluice.catalog.rest;

import io.sluice.model.failure.Failure;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Groups of the hosted API that are not served: they say so, instead of looking mistyped. */
@Path("/api/2.1/unity-catalog/{group: " + NotServedResource.GROUPS + "}{rest: (/.*)?}")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public final class NotServedResource {
    static final String GROUPS = "artifact-allowlists|bindings|clean-rooms|connections|constraints|external-lineage"
            + "|external-metadata|online-tables|policies|quality-monitors|resource-quotas|rfa|secrets"
            + "|storage-credentials|system-schemas|temporary-service-credentials|validate-credentials"
            + "|validate-storage-credentials|workspace-bindings";

    @GET
    public Response get(@PathParam("group") String group) {
        throw notServed(group);
    }

    @POST
    public Response post(@PathParam("group") String group) {
        throw notServed(group);
    }

    @PUT
    public Response put(@PathParam("group") String group) {
        throw notServed(group);
    }

    @PATCH
    public Response patch(@PathParam("group") String group) {
        throw notServed(group);
    }

    @DELETE
    public Response delete(@PathParam("group") String group) {
        throw notServed(group);
    }

    private static Failure notServed(String group) {
        return Failure.unsupported(
                "The hosted API's group \"%s\" is not served here. The document at /openapi lists what is.", group);
    }
}
