package io.sluice.catalog.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.catalog.govern.Governance;
import io.sluice.catalog.govern.Principals;
import io.sluice.catalog.record.UserRecord;
import io.sluice.model.failure.Failure;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Users, by SCIM. What grants are given to is the user's first e-mail address, as in Unity Catalog. */
@Path("/api/1.0/unity-control/scim2")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public final class UsersResource {
    private final Principals principals;

    public UsersResource(Governance governance) {
        this.principals = governance.principals();
    }

    record ScimUser(
            @Nullable String userName,
            @Nullable String displayName,
            @Nullable List<Email> emails) {}

    record Email(@Nullable String value, @Nullable Boolean primary) {}

    @POST
    @Path("Users")
    public Response create(byte[] body, @Context SecurityContext security) {
        ScimUser wanted = Wire.readCamel(body, ScimUser.class);
        String name = Fields.orEmpty(wanted.emails()).stream()
                .map(Email::value)
                .findFirst()
                .orElseGet(() -> Fields.required("emails", wanted.userName()));
        if (name == null) throw Failure.invalid("The user has an e-mail entry without a value.");
        String display = wanted.displayName() == null ? name : wanted.displayName();
        UserRecord user = principals.createUser(Callers.of(security), name, display);
        return Response.status(201)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(scim(user).toString())
                .build();
    }

    @GET
    @Path("Users")
    public Response list(@Context SecurityContext security) {
        List<UserRecord> users = principals.listUsers(Callers.of(security));
        ObjectNode answer = Wire.object();
        answer.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:ListResponse");
        answer.put("totalResults", users.size()).put("startIndex", 1).put("itemsPerPage", users.size());
        ArrayNode resources = answer.putArray("Resources");
        users.forEach(user -> resources.add(scim(user)));
        return Wire.ok(answer);
    }

    @GET
    @Path("Users/{id}")
    public Response get(@PathParam("id") String id, @Context SecurityContext security) {
        return Wire.ok(scim(principals.getUser(Callers.of(security), id)));
    }

    @DELETE
    @Path("Users/{id}")
    public Response delete(@PathParam("id") String id, @Context SecurityContext security) {
        principals.deleteUser(Callers.of(security), id);
        return Wire.deleted();
    }

    @GET
    @Path("Me")
    public Response me(@Context SecurityContext security) {
        return Wire.ok(scim(principals.me(Callers.of(security))));
    }

    private static ObjectNode scim(UserRecord user) {
        ObjectNode node = Wire.object();
        node.putArray("schemas").add("urn:ietf:params:scim:schemas:core:2.0:User");
        node.put("id", user.id())
                .put("userName", user.name())
                .put("displayName", user.displayName())
                .put("active", user.active());
        node.putArray("emails").addObject().put("value", user.name()).put("primary", true);
        node.putObject("meta")
                .put("resourceType", "User")
                .put("created", Instant.ofEpochMilli(user.createdAt()).toString());
        return node;
    }
}
