package io.sluice.sharing.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.sharing.PageRequest;
import io.sluice.sharing.federation.FederationPolicies;
import io.sluice.sharing.federation.PolicyName;
import io.sluice.sharing.internal.Json;
import io.sluice.sharing.recipient.RecipientName;
import io.sluice.sharing.wire.FederationJson;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;

/** Federation policies of recipients in the hosted management API. */
@Path("/api/2.0/data-sharing/recipients/{recipient}/federation-policies")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
public final class FederationPoliciesResource {
    private final Caller caller;
    private final FederationPolicies policies;

    public FederationPoliciesResource(Caller caller, FederationPolicies policies) {
        this.caller = caller;
        this.policies = policies;
    }

    @POST
    public ObjectNode create(@PathParam("recipient") String recipient, byte[] body) {
        return FederationJson.policy(
                policies.create(caller.principal(), RecipientName.of(recipient), FederationJson.newPolicy(body)));
    }

    @GET
    public ObjectNode list(
            @PathParam("recipient") String recipient,
            @QueryParam("max_results") Optional<String> maxResults,
            @QueryParam("page_token") Optional<String> token) {
        PageRequest page = PageRequest.ofManagement(maxResults, token);
        return FederationJson.policies(policies.list(caller.principal(), RecipientName.of(recipient), page));
    }

    @GET
    @Path("/{name}")
    public ObjectNode get(@PathParam("recipient") String recipient, @PathParam("name") String name) {
        return FederationJson.policy(
                policies.get(caller.principal(), RecipientName.of(recipient), new PolicyName(name)));
    }

    @PATCH
    @Path("/{name}")
    public ObjectNode update(
            @PathParam("recipient") String recipient,
            @PathParam("name") String name,
            @QueryParam("update_mask") Optional<String> mask,
            byte[] body) {
        return FederationJson.policy(policies.update(
                caller.principal(),
                RecipientName.of(recipient),
                new PolicyName(name),
                FederationJson.patch(body, mask)));
    }

    @DELETE
    @Path("/{name}")
    public ObjectNode delete(@PathParam("recipient") String recipient, @PathParam("name") String name) {
        policies.delete(caller.principal(), RecipientName.of(recipient), new PolicyName(name));
        return Json.object();
    }
}
