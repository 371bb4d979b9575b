package io.sluice.catalog.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.catalog.govern.EffectivePermissions;
import io.sluice.model.grant.SecurableType;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import org.jspecify.annotations.Nullable;

/** Grants with their origin, in the words of the hosted API. */
@Path("/api/2.1/unity-catalog/effective-permissions/{securable_type}/{full_name}")
@Produces(MediaType.APPLICATION_JSON)
public final class EffectivePermissionsResource {
    @GET
    public Response get(
            @PathParam("securable_type") String type,
            @PathParam("full_name") String fullName,
            @QueryParam("principal") @Nullable String principal,
            @HeaderParam("User-Agent") @Nullable String userAgent,
            @Context SecurityContext security) {
        PrivilegeSpelling spelling = PrivilegeSpelling.of(userAgent);
        ObjectNode answer = Wire.object();
        ArrayNode assignments = answer.putArray("privilege_assignments");
        Callers.metastore(security)
                .effectivePermissions()
                .of(Callers.of(security), SecurableType.parse(type), fullName)
                .forEach((name, held) -> {
                    if (principal != null && !principal.equals(name)) return;
                    ArrayNode privileges =
                            assignments.addObject().put("principal", name).putArray("privileges");
                    held.forEach(one -> write(privileges.addObject(), one, spelling));
                });
        return Wire.ok(answer.putNull("next_page_token"));
    }

    /** What was given on the thing itself has no origin. */
    private static void write(ObjectNode node, EffectivePermissions.Held held, PrivilegeSpelling spelling) {
        node.put("privilege", spelling.write(held.privilege()));
        if (held.isOwn()) return;
        node.put("inherited_from_type", held.inheritedFrom().name());
        node.put("inherited_from_name", held.inheritedName());
    }
}
