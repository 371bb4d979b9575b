package io.sluice.sharing.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.sharing.PageRequest;
import io.sluice.sharing.internal.Json;
import io.sluice.sharing.share.ShareName;
import io.sluice.sharing.share.SharePermissions;
import io.sluice.sharing.share.Shares;
import io.sluice.sharing.wire.PermissionsJson;
import io.sluice.sharing.wire.ShareJson;
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

/** Shares in the hosted management API. */
@Path("/api/2.1/unity-catalog/shares")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
public final class SharesResource {
    private final Caller caller;
    private final Shares shares;
    private final SharePermissions permissions;

    public SharesResource(Caller caller, Shares shares, SharePermissions permissions) {
        this.caller = caller;
        this.shares = shares;
        this.permissions = permissions;
    }

    @POST
    public ObjectNode create(byte[] body) {
        ShareJson.NewShare share = ShareJson.newShare(body);
        return ShareJson.share(shares.create(caller.principal(), share.name(), share.comment(), share.urlLife()), true);
    }

    @GET
    public ObjectNode list(
            @QueryParam("max_results") Optional<String> maxResults, @QueryParam("page_token") Optional<String> token) {
        return ShareJson.shares(shares.list(caller.principal(), PageRequest.ofManagement(maxResults, token)));
    }

    @GET
    @Path("/{name}")
    public ObjectNode get(
            @PathParam("name") String name, @QueryParam("include_shared_data") boolean includeSharedData) {
        return ShareJson.share(shares.get(caller.principal(), ShareName.of(name)), includeSharedData);
    }

    @PATCH
    @Path("/{name}")
    public ObjectNode update(@PathParam("name") String name, byte[] body) {
        return ShareJson.share(shares.update(caller.principal(), ShareName.of(name), ShareJson.patch(body)), true);
    }

    @DELETE
    @Path("/{name}")
    public ObjectNode delete(@PathParam("name") String name) {
        shares.delete(caller.principal(), ShareName.of(name));
        return Json.object();
    }

    @GET
    @Path("/{name}/permissions")
    public ObjectNode permissions(@PathParam("name") String name) {
        return PermissionsJson.readers(permissions.readersOf(caller.principal(), ShareName.of(name)));
    }

    @PATCH
    @Path("/{name}/permissions")
    public ObjectNode updatePermissions(@PathParam("name") String name, byte[] body) {
        PermissionsJson.Patch patch = PermissionsJson.patch(body);
        var readers = permissions.change(caller.principal(), ShareName.of(name), patch.changes());
        return patch.answersList() ? PermissionsJson.readers(readers) : Json.object();
    }
}
