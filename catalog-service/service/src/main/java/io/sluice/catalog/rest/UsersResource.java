package io.sluice.catalog.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.catalog.record.UserRecord;
import io.sluice.catalog.record.UserRecord.Kind;
import io.sluice.model.failure.Failure;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Users, by SCIM. What grants are given to is the user's first e-mail address, as in Unity Catalog. */
@Path(Scim.BASE)
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public final class UsersResource {
    record ScimUser(
            @Nullable String userName,
            @Nullable String displayName,
            @Nullable Boolean active,
            @Nullable List<Email> emails) {
        String name() {
            String name = Fields.orEmpty(emails).stream()
                    .map(Email::value)
                    .findFirst()
                    .orElseGet(() -> Fields.required("emails", userName));
            if (name == null) throw Failure.invalid("The user has an e-mail entry without a value.");
            return name;
        }
    }

    record Email(@Nullable String value, @Nullable Boolean primary) {}

    @POST
    @Path("Users")
    public Response create(byte[] body, @Context SecurityContext security) {
        ScimUser wanted = Wire.readCamel(body, ScimUser.class);
        String name = wanted.name();
        String display = wanted.displayName() == null ? name : wanted.displayName();
        return Scim.created(
                scim(Callers.metastore(security).principals().createUser(Callers.of(security), name, display)));
    }

    @GET
    @Path("Users")
    public Response list(
            @QueryParam("filter") String filter,
            @QueryParam("startIndex") String startIndex,
            @QueryParam("count") String count,
            @Context SecurityContext security) {
        List<ObjectNode> users =
                Callers.metastore(security).principals().list(Callers.of(security), Kind.PERSON).stream()
                        .map(UsersResource::scim)
                        .toList();
        return Scim.list(users, filter, startIndex, count);
    }

    @GET
    @Path("Users/{id}")
    public Response get(@PathParam("id") String id, @Context SecurityContext security) {
        return Wire.ok(scim(Callers.metastore(security).principals().get(Callers.of(security), id, Kind.PERSON)));
    }

    /** Sets the shown name and whether the user may come in; the name itself stays, because grants are given to it. */
    @PUT
    @Path("Users/{id}")
    public Response replace(@PathParam("id") String id, byte[] body, @Context SecurityContext security) {
        ScimUser wanted = Wire.readCamel(body, ScimUser.class);
        UserRecord now = Callers.metastore(security).principals().get(Callers.of(security), id, Kind.PERSON);
        boolean names =
                wanted.userName() != null || !Fields.orEmpty(wanted.emails()).isEmpty();
        if (names && !wanted.name().equals(now.name()))
            throw Failure.invalid(
                    "User %s cannot be renamed, because grants are given to the name. Create the other user instead.",
                    now.name());
        return Wire.ok(scim(Callers.metastore(security)
                .principals()
                .describe(Callers.of(security), id, Kind.PERSON, wanted.displayName(), wanted.active())));
    }

    @DELETE
    @Path("Users/{id}")
    public Response delete(@PathParam("id") String id, @Context SecurityContext security) {
        Callers.metastore(security).principals().delete(Callers.of(security), id, Kind.PERSON);
        return Wire.deleted();
    }

    @GET
    @Path("Me")
    public Response me(@Context SecurityContext security) {
        return Wire.ok(scim(Callers.metastore(security).principals().me(Callers.of(security))));
    }

    private static ObjectNode scim(UserRecord user) {
        ObjectNode node = Scim.resource("User")
                .put("id", user.id())
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
