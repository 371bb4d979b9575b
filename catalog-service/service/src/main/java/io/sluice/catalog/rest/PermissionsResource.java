package io.sluice.catalog.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.catalog.govern.Permissions;
import io.sluice.catalog.record.Grants;
import io.sluice.model.grant.Privilege;
import io.sluice.model.grant.SecurableType;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

@Path("/api/2.1/unity-catalog/permissions/{securable_type}/{full_name}")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public final class PermissionsResource {
    record UpdatePermissions(@Nullable List<PermissionsChange> changes) {}

    record PermissionsChange(
            @Nullable String principal,
            @Nullable List<String> add,
            @Nullable List<String> remove) {

        Permissions.GrantChange read() {
            return new Permissions.GrantChange(
                    Fields.required("changes.principal", principal),
                    privileges(Fields.orEmpty(add)),
                    privileges(Fields.orEmpty(remove)));
        }

        private static Set<Privilege> privileges(List<String> names) {
            return names.stream().map(Privilege::parse).collect(Collectors.toUnmodifiableSet());
        }
    }

    @GET
    public Response get(
            @PathParam("securable_type") String type,
            @PathParam("full_name") String fullName,
            @QueryParam("principal") @Nullable String principal,
            @HeaderParam("User-Agent") @Nullable String userAgent,
            @Context SecurityContext security) {
        Grants grants = Callers.metastore(security)
                .permissions()
                .get(Callers.of(security), SecurableType.parse(type), fullName);
        return Wire.ok(assignments(grants, principal, PrivilegeSpelling.of(userAgent)));
    }

    @PATCH
    public Response update(
            @PathParam("securable_type") String type,
            @PathParam("full_name") String fullName,
            @HeaderParam("User-Agent") @Nullable String userAgent,
            byte[] body,
            @Context SecurityContext security) {
        List<Permissions.GrantChange> changes =
                Fields.orEmpty(Wire.read(body, UpdatePermissions.class).changes()).stream()
                        .map(PermissionsChange::read)
                        .toList();
        Grants grants = Callers.metastore(security)
                .permissions()
                .update(Callers.of(security), SecurableType.parse(type), fullName, changes);
        return Wire.ok(assignments(grants, null, PrivilegeSpelling.of(userAgent)));
    }

    private static ObjectNode assignments(Grants grants, @Nullable String principal, PrivilegeSpelling spelling) {
        ObjectNode answer = Wire.object();
        ArrayNode list = answer.putArray("privilege_assignments");
        new TreeMap<>(grants.byPrincipal()).forEach((name, privileges) -> {
            if (principal != null && !principal.equals(name)) return;
            ArrayNode names = list.addObject().put("principal", name).putArray("privileges");
            privileges.stream().sorted().map(spelling::write).forEach(names::add);
        });
        return answer;
    }
}
