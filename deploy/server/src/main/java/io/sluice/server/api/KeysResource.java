package io.sluice.server.api;

import io.sluice.catalog.govern.Governance;
import io.sluice.catalog.rest.Callers;
import io.sluice.catalog.rest.Wire;
import io.sluice.crypto.hierarchy.KeyHierarchy;
import io.sluice.crypto.hierarchy.ScopeStatus;
import io.sluice.model.failure.Failure;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A scope is named {@code catalog:NAME}, or by the catalog's name alone. */
@Path("/api/1.0/sluice/keys")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public final class KeysResource {
    private final KeyHierarchy keys;
    private final BlastRadius blastRadius;
    private final Governance governance;

    public KeysResource(KeyHierarchy keys, BlastRadius blastRadius, Governance governance) {
        this.keys = keys;
        this.blastRadius = blastRadius;
        this.governance = governance;
    }

    record Scope(
            String scope,
            String state,
            long epoch,
            String cmk,
            String cmkState,
            String kekId,
            int kekVersion,
            int deks,
            @Nullable Long leaseAgeSeconds) {

        static Scope of(ScopeStatus status) {
            return new Scope(
                    status.scope(),
                    status.state().name(),
                    status.epoch(),
                    status.cmkUri(),
                    status.cmkState(),
                    status.kekId(),
                    status.kekVersion(),
                    status.deks(),
                    status.leaseAgeSeconds().orElse(null));
        }
    }

    record ScopeList(List<Scope> scopes) {}

    record Simulate(@Nullable String action) {}

    record Revoke(@Nullable String planHash, @Nullable String reason) {}

    @GET
    public Response list(@Context SecurityContext security) {
        requireAdmin(security);
        return Wire.ok(new ScopeList(keys.status().stream().map(Scope::of).toList()));
    }

    @GET
    @Path("{scope}")
    public Response get(@PathParam("scope") String scope, @Context SecurityContext security) {
        requireAdmin(security);
        return Wire.ok(Scope.of(keys.status(full(scope))));
    }

    @POST
    @Path("{scope}/simulate")
    public Response simulate(@PathParam("scope") String scope, byte[] body, @Context SecurityContext security) {
        requireAdmin(security);
        String action = Wire.read(body, Simulate.class).action();
        if (!"REVOKE".equals(action))
            throw Failure.unsupported("The action \"%s\" cannot be simulated yet. Use REVOKE.", String.valueOf(action));
        return Wire.ok(blastRadius.revoke(full(scope)));
    }

    @POST
    @Path("{scope}/revoke")
    public Response revoke(@PathParam("scope") String scope, byte[] body, @Context SecurityContext security) {
        requireAdmin(security);
        Revoke wanted = Wire.read(body, Revoke.class);
        if (wanted.planHash() == null)
            throw Failure.invalid("The plan_hash is missing. Ask for it with a simulation, and read what it lists.");
        BlastRadius.Plan plan = blastRadius.revoke(full(scope));
        if (!plan.planHash().equals(wanted.planHash()))
            throw Failure.conflict(
                    "What the revocation of %s touches has changed since the simulation."
                            + " Simulate again and read what it lists.",
                    plan.scope());
        String reason = wanted.reason() == null ? "" : wanted.reason();
        return Wire.ok(Scope.of(keys.revoke(plan.scope(), plan.epoch(), reason)));
    }

    @POST
    @Path("{scope}/restore")
    public Response restore(@PathParam("scope") String scope, @Context SecurityContext security) {
        requireAdmin(security);
        return Wire.ok(Scope.of(keys.restore(full(scope))));
    }

    private void requireAdmin(SecurityContext security) {
        governance.principals().requireAdmin(Callers.of(security), "manage keys");
    }

    private static String full(String scope) {
        return scope.contains(":") ? scope : "catalog:" + scope;
    }
}
