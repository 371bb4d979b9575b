package io.sluice.server.api;

import io.sluice.catalog.govern.Governance;
import io.sluice.catalog.rest.Callers;
import io.sluice.catalog.rest.Wire;
import io.sluice.model.failure.Failure;
import io.sluice.server.wiring.ShardControl;
import io.sluice.sharder.SliceKey;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Map;

/** The operator's page of the sharder, and what an operator may ask of it. */
@Path("/api/1.0/sluice/shards")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public final class ShardControlResource {
    private static final String SERVICE = "shards";
    private static final int MOST_LISTED = 1_000;

    private final ShardControl control;
    private final Governance governance;

    public ShardControlResource(ShardControl control, Governance governance) {
        this.control = control;
        this.governance = governance;
    }

    record HotSlice(String low, String high, String pod, double requestsPerSecond) {}

    record HotKey(String key, double requestsPerSecond) {}

    record Heat(List<HotSlice> slices, List<HotKey> keys) {}

    record Frozen(boolean frozen) {}

    record Drained(String pod, boolean drained) {}

    @GET
    @Path("page")
    @Produces(MediaType.TEXT_PLAIN)
    public Response page(@Context SecurityContext security) {
        requireAdmin(security, "see the shard page");
        return Response.ok(control.page(), "text/plain;charset=utf-8").build();
    }

    @GET
    @Path("hot")
    public Response hot(@QueryParam("limit") @DefaultValue("20") int limit, @Context SecurityContext security) {
        requireAdmin(security, "see where the load is");
        if (limit < 1 || limit > MOST_LISTED)
            throw Failure.invalid("The limit is %d. Write a number from 1 to %d.", limit, MOST_LISTED);
        ShardControl.Heat heat = control.heat(limit);
        return Wire.ok(new Heat(
                heat.slices().stream().map(ShardControlResource::slice).toList(),
                heat.keys().stream()
                        .map(key -> new HotKey(key.key().toString(), key.perSecond()))
                        .toList()));
    }

    private static HotSlice slice(ShardControl.HotSlice hot) {
        return new HotSlice(
                hot.slice().low().toString(),
                hot.slice().high().map(SliceKey::toString).orElse("infinity"),
                hot.owner().name(),
                hot.perSecond());
    }

    @POST
    @Path("freeze")
    public Response freeze(@Context SecurityContext security) {
        return freeze(security, true);
    }

    @POST
    @Path("unfreeze")
    public Response unfreeze(@Context SecurityContext security) {
        return freeze(security, false);
    }

    private Response freeze(SecurityContext security, boolean isFrozen) {
        requireAdmin(security, "freeze the shard map");
        control.freeze(isFrozen);
        audit(security, isFrozen ? "freezeShards" : "unfreezeShards", Map.of());
        return Wire.ok(new Frozen(isFrozen));
    }

    @POST
    @Path("pods/{pod}/drain")
    public Response drain(@PathParam("pod") String pod, @Context SecurityContext security) {
        return drain(security, pod, true);
    }

    @POST
    @Path("pods/{pod}/undrain")
    public Response undrain(@PathParam("pod") String pod, @Context SecurityContext security) {
        return drain(security, pod, false);
    }

    private Response drain(SecurityContext security, String pod, boolean isDrained) {
        requireAdmin(security, "drain pods");
        if (!control.drain(pod, isDrained))
            throw Failure.notFound(Failure.Subject.ANYTHING, "There is no pod %s. The shard map names them.", pod);
        audit(security, isDrained ? "drainPod" : "undrainPod", Map.of("pod", pod));
        return Wire.ok(new Drained(pod, isDrained));
    }

    private void audit(SecurityContext security, String action, Map<String, String> parameters) {
        governance.auditLog().done(Callers.of(security).name(), SERVICE, action, parameters);
    }

    private void requireAdmin(SecurityContext security, String what) {
        governance.principals().requireAdmin(Callers.of(security), what);
    }
}
