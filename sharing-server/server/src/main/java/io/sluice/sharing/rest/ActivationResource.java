package io.sluice.sharing.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.sharing.internal.Json;
import io.sluice.sharing.recipient.Activation;
import io.sluice.sharing.wire.ProtocolJson;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Where a one-use link leads. Open to anybody: holding the link is the proof. */
@Path("/api/2.1/unity-catalog/public")
@Produces(MediaType.APPLICATION_JSON)
public final class ActivationResource {
    private final Activation activation;

    public ActivationResource(Activation activation) {
        this.activation = activation;
    }

    @GET
    @Path("/data_sharing_activation_info/{nonce}")
    public ObjectNode info(@PathParam("nonce") String nonce) {
        activation.find(nonce);
        return Json.object();
    }

    @GET
    @Path("/data_sharing_activation/{nonce}")
    public Response activate(@PathParam("nonce") String nonce) {
        return Response.ok(ProtocolJson.profile(activation.activate(nonce)))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
