package io.sluice.catalog.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.catalog.govern.Governance;
import io.sluice.catalog.govern.Groups;
import io.sluice.catalog.record.GroupRecord;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
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

/** Groups, by SCIM. A member is named by what grants are given to: a user's e-mail address, or a group's name. */
@Path("/api/1.0/unity-control/scim2/Groups")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public final class GroupsResource {
    private final Groups groups;

    public GroupsResource(Governance governance) {
        this.groups = governance.groups();
    }

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
        GroupRecord made = groups.create(
                Callers.of(security), Fields.required("displayName", wanted.displayName()), wanted.names());
        return Response.status(201)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(scim(made).toString())
                .build();
    }

    @GET
    public Response list() {
        List<GroupRecord> all = groups.list();
        ObjectNode answer = Wire.object();
        answer.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:ListResponse");
        answer.put("totalResults", all.size()).put("startIndex", 1).put("itemsPerPage", all.size());
        ArrayNode resources = answer.putArray("Resources");
        all.forEach(group -> resources.add(scim(group)));
        return Wire.ok(answer);
    }

    @GET
    @Path("{id}")
    public Response get(@PathParam("id") String id) {
        return Wire.ok(scim(groups.get(id)));
    }

    /** Sets the members; a group keeps its name, because grants are given to it. */
    @PUT
    @Path("{id}")
    public Response replace(@PathParam("id") String id, byte[] body, @Context SecurityContext security) {
        return Wire.ok(scim(groups.replace(
                Callers.of(security), id, Wire.readCamel(body, ScimGroup.class).names())));
    }

    @DELETE
    @Path("{id}")
    public Response delete(@PathParam("id") String id, @Context SecurityContext security) {
        groups.delete(Callers.of(security), id);
        return Wire.deleted();
    }

    private static ObjectNode scim(GroupRecord group) {
        ObjectNode node = Wire.object();
        node.putArray("schemas").add("urn:ietf:params:scim:schemas:core:2.0:Group");
        node.put("id", group.id()).put("displayName", group.name());
        ArrayNode members = node.putArray("members");
        group.members()
                .forEach(member -> members.addObject().put("value", member).put("display", member));
        node.putObject("meta")
                .put("resourceType", "Group")
                .put("created", Instant.ofEpochMilli(group.createdAt()).toString());
        return node;
    }
}
