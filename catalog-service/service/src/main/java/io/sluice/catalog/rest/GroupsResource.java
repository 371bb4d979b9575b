package io.sluice.catalog.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.catalog.record.GroupRecord;
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

/** Groups, by SCIM. A member is named by what grants are given to: a user's e-mail address, or a group's name. */
@Path(Scim.BASE + "/Groups")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public final class GroupsResource {
    record ScimGroup(@Nullable String displayName, @Nullable List<Member> members) {

        List<String> names() {
            return Fields.orEmpty(members).stream()
                    .map(member -> Fields.required("members.value", member.value()))
                    .toList();
        }
    }

    record Member(@Nullable String value) {}

    @POST
    public Response create(byte[] body, @Context SecurityContext security) {
        ScimGroup wanted = Wire.readCamel(body, ScimGroup.class);
        GroupRecord made = Callers.metastore(security)
                .groups()
                .create(Callers.of(security), Fields.required("displayName", wanted.displayName()), wanted.names());
        return Scim.created(scim(made));
    }

    @GET
    public Response list(
            @QueryParam("filter") String filter,
            @QueryParam("startIndex") String startIndex,
            @QueryParam("count") String count,
            @Context SecurityContext security) {
        List<ObjectNode> all = Callers.metastore(security).groups().list().stream()
                .map(GroupsResource::scim)
                .toList();
        return Scim.list(all, filter, startIndex, count);
    }

    @GET
    @Path("{id}")
    public Response get(@PathParam("id") String id, @Context SecurityContext security) {
        return Wire.ok(scim(Callers.metastore(security).groups().get(id)));
    }

    /** Sets the members; a group keeps its name, because grants are given to it. */
    @PUT
    @Path("{id}")
    public Response replace(@PathParam("id") String id, byte[] body, @Context SecurityContext security) {
        return Wire.ok(scim(Callers.metastore(security)
                .groups()
                .replace(
                        Callers.of(security),
                        id,
                        Wire.readCamel(body, ScimGroup.class).names())));
    }

    @DELETE
    @Path("{id}")
    public Response delete(@PathParam("id") String id, @Context SecurityContext security) {
        Callers.metastore(security).groups().delete(Callers.of(security), id);
        return Wire.deleted();
    }

    private static ObjectNode scim(GroupRecord group) {
        ObjectNode node = Scim.resource("Group").put("id", group.id()).put("displayName", group.name());
        ArrayNode members = node.putArray("members");
        group.members()
                .forEach(member -> members.addObject().put("value", member).put("display", member));
        node.putObject("meta")
                .put("resourceType", "Group")
                .put("created", Instant.ofEpochMilli(group.createdAt()).toString());
        return node;
    }
}
