package io.sluice.sharing.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.sharing.PageRequest;
import io.sluice.sharing.internal.Json;
import io.sluice.sharing.recipient.RecipientName;
import io.sluice.sharing.recipient.Recipients;
import io.sluice.sharing.share.SharePermissions;
import io.sluice.sharing.wire.PermissionsJson;
import io.sluice.sharing.wire.RecipientJson;
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

/** Recipients in the hosted management API. */
@Path("/api/2.1/unity-catalog/recipients")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
public final class RecipientsResource {
    private final Caller caller;
    private final Recipients recipients;
    private final SharePermissions permissions;

    public RecipientsResource(Caller caller, Recipients recipients, SharePermissions permissions) {
        this.caller = caller;
        this.recipients = recipients;
        this.permissions = permissions;
    }

    @POST
    public ObjectNode create(byte[] body) {
        return RecipientJson.recipient(recipients.create(caller.principal(), RecipientJson.newRecipient(body)));
    }

    @GET
    public ObjectNode list(
            @QueryParam("data_recipient_global_metastore_id") Optional<String> metastore,
            @QueryParam("max_results") Optional<String> maxResults,
            @QueryParam("page_token") Optional<String> token) {
        PageRequest page = PageRequest.ofManagement(maxResults, token);
        return RecipientJson.recipients(recipients.list(caller.principal(), metastore, page));
    }

    @GET
    @Path("/{name}")
    public ObjectNode get(@PathParam("name") String name) {
        return RecipientJson.recipient(recipients.get(caller.principal(), RecipientName.of(name)));
    }

    @PATCH
    @Path("/{name}")
    public ObjectNode update(@PathParam("name") String name, byte[] body) {
        return RecipientJson.recipient(
                recipients.update(caller.principal(), RecipientName.of(name), RecipientJson.patch(body)));
    }

    @DELETE
    @Path("/{name}")
    public ObjectNode delete(@PathParam("name") String name) {
        recipients.delete(caller.principal(), RecipientName.of(name));
        return Json.object();
    }

    @POST
    @Path("/{name}/rotate-token")
    public ObjectNode rotateToken(@PathParam("name") String name, byte[] body) {
        return RecipientJson.recipient(
                recipients.rotateToken(caller.principal(), RecipientName.of(name), RecipientJson.grace(body)));
    }

    @GET
    @Path("/{name}/share-permissions")
    public ObjectNode sharePermissions(
            @PathParam("name") String name,
            @QueryParam("max_results") Optional<String> maxResults,
            @QueryParam("page_token") Optional<String> token) {
        RecipientName recipient = RecipientName.of(name);
        PageRequest page = PageRequest.ofManagement(maxResults, token);
        return PermissionsJson.sharesOf(recipient, permissions.sharesOf(caller.principal(), recipient, page));
    }
}
