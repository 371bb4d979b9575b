package io.sluice.catalog.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.model.failure.Failure;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What all resources of SCIM 2.0 have in common: where they stand, and how they are listed. */
public final class Scim {
    /** Unity Catalog's own place, and the one where clients of the hosted product look. */
    static final String BASE = "{scim:api/1\\.0/unity-control/scim2|api/2\\.0/preview/scim/v2}";

    private static final Pattern EQUALS =
            Pattern.compile("\\s*([\\w.]+)\\s+eq\\s+\"([^\"]*)\"\\s*", Pattern.CASE_INSENSITIVE);
    private static final int MOST_PER_PAGE = 100;

    private Scim() {}

    public static boolean covers(String path) {
        return path.startsWith("/api/1.0/unity-control/scim2/") || path.startsWith("/api/2.0/preview/scim/v2/");
    }

    static Response created(ObjectNode resource) {
        return Response.status(Response.Status.CREATED)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(Wire.bytes(resource))
                .build();
    }

    static ObjectNode resource(String type) {
        ObjectNode node = Wire.object();
        node.putArray("schemas").add("urn:ietf:params:scim:schemas:core:2.0:" + type);
        return node;
    }

    /**
     * A page of what matches.
     *
     * @param filter {@code attribute eq "value"} or null
     * @param startIndex from 1
     */
    static Response list(
            List<ObjectNode> all, @Nullable String filter, @Nullable String startIndex, @Nullable String count) {
        List<ObjectNode> matching = filter == null || filter.isBlank() ? all : matching(all, filter);
        int start = Math.max(1, number("startIndex", startIndex, 1));
        int most = Math.min(MOST_PER_PAGE, Math.max(0, number("count", count, MOST_PER_PAGE)));
        List<ObjectNode> page = matching.stream().skip(start - 1L).limit(most).toList();
        ObjectNode answer = Wire.object();
        answer.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:ListResponse");
        answer.put("totalResults", matching.size()).put("startIndex", start).put("itemsPerPage", page.size());
        ArrayNode resources = answer.putArray("Resources");
        page.forEach(resources::add);
        return Wire.ok(answer);
    }

    private static List<ObjectNode> matching(List<ObjectNode> all, String filter) {
        Matcher equals = EQUALS.matcher(filter);
        if (!equals.matches())
            throw Failure.invalid("The filter %s is not understood. Write: attribute eq \"value\".", filter);
        String attribute = equals.group(1);
        String value = equals.group(2).toLowerCase(Locale.ROOT);
        return all.stream()
                .filter(node ->
                        node.path(attribute).asText().toLowerCase(Locale.ROOT).equals(value))
                .toList();
    }

    private static int number(String name, @Nullable String text, int otherwise) {
        if (text == null || text.isEmpty()) return otherwise;
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw Failure.invalid("The parameter %s is \"%s\". Write a whole number.", name, text);
        }
    }
}
