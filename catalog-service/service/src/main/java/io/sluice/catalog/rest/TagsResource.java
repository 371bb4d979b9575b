package io.sluice.catalog.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.catalog.access.Caller;
import io.sluice.catalog.govern.Page;
import io.sluice.catalog.govern.Tags;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Tags, where the hosted product has them. */
@Path("/api/2.1/unity-catalog/entity-tag-assignments")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public final class TagsResource {
    private static final String TAGS = "{type}/{name}/tags";

    record Assignment(
            @Nullable String entityType,
            @Nullable String entityName,
            @Nullable String tagKey,
            @Nullable String tagValue) {
        String value() {
            return tagValue == null ? "" : tagValue;
        }
    }

    @POST
    public Response create(byte[] body, @Context SecurityContext security) {
        Assignment wanted = Wire.read(body, Assignment.class);
        String type = Fields.required("entity_type", wanted.entityType());
        String name = Fields.required("entity_name", wanted.entityName());
        String key = Fields.required("tag_key", wanted.tagKey());
        Callers.metastore(security).tags().assign(Callers.of(security), type, name, key, wanted.value());
        return Wire.ok(info(type, name, key, wanted.value()));
    }

    @GET
    @Path(TAGS)
    public Response list(
            @PathParam("type") String type,
            @PathParam("name") String name,
            @QueryParam("max_results") @Nullable String maxResults,
            @QueryParam("page_token") @Nullable String pageToken,
            @Context SecurityContext security) {
        SortedMap<String, String> all = Callers.metastore(security).tags().list(Callers.of(security), type, name);
        Page<Map.Entry<String, String>> page =
                Page.of(all.entrySet().stream().toList(), Map.Entry::getKey, Fields.page(maxResults, pageToken));
        ObjectNode answer = Wire.object();
        ArrayNode assignments = answer.putArray("tag_assignments");
        page.items().forEach(tag -> assignments.add(info(type, name, tag.getKey(), tag.getValue())));
        answer.put("next_page_token", page.nextToken().orElse(null));
        return Wire.ok(answer);
    }

    @GET
    @Path(TAGS + "/{key}")
    public Response get(
            @PathParam("type") String type,
            @PathParam("name") String name,
            @PathParam("key") String key,
            @Context SecurityContext security) {
        @Nullable
        String value = Callers.metastore(security)
                .tags()
                .list(Callers.of(security), type, name)
                .get(key);
        if (value == null) throw Tags.missing(name, key);
        return Wire.ok(info(type, name, key, value));
    }

    /** The value is all that can be changed, whether the update mask says so or not. */
    @PATCH
    @Path(TAGS + "/{key}")
    public Response update(
            @PathParam("type") String type,
            @PathParam("name") String name,
            @PathParam("key") String key,
            byte[] body,
            @Context SecurityContext security) {
        Caller caller = Callers.of(security);
        String value = Wire.read(body, Assignment.class).value();
        Callers.metastore(security).tags().change(caller, type, name, key, value);
        return Wire.ok(info(type, name, key, value));
    }

    @DELETE
    @Path(TAGS + "/{key}")
    public Response delete(
            @PathParam("type") String type,
            @PathParam("name") String name,
            @PathParam("key") String key,
            @Context SecurityContext security) {
        Callers.metastore(security).tags().remove(Callers.of(security), type, name, key);
        return Wire.deleted();
    }

    private static ObjectNode info(String type, String name, String key, String value) {
        return Wire.object()
                .put("entity_type", type)
                .put("entity_name", name)
                .put("tag_key", key)
                .put("tag_value", value);
    }
}
