package io.sluice.catalog.vending;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.model.failure.Failure;

/**
 * The boundary that confines a token of Google's to one folder. Its conditions are expressions (CEL); what callers chose
 * gets into them as string literals alone.
 */
final class AccessBoundary {
    /** What Google takes for one expression, in characters. */
    private static final int MOST_CHARACTERS = 2048;

    private AccessBoundary() {}

    static String of(Access access, CloudFolder folder) {
        String objects = "resource.name.startsWith("
                + literal("projects/_/buckets/" + folder.container() + "/objects/" + folder.prefix()) + ")";
        // A list has the bucket as its resource; what it is to list is an attribute.
        String lists = "api.getAttribute('storage.googleapis.com/objectListPrefix', '').startsWith("
                + literal(folder.prefix()) + ")";

        ObjectNode boundary = JsonNodeFactory.instance.objectNode();
        ArrayNode rules = boundary.putObject("accessBoundary").putArray("accessBoundaryRules");
        rule(rules, folder, "storage.objectViewer", objects + " || " + lists);
        // Not the list's condition: it would hold for whatever else a request with such an attribute may do.
        if (access == Access.READ_WRITE) rule(rules, folder, "storage.objectUser", objects);
        return boundary.toString();
    }

    private static void rule(ArrayNode rules, CloudFolder folder, String role, String condition) {
        if (condition.length() > MOST_CHARACTERS)
            throw Failure.invalid(
                    "The location %s is too long for an access boundary: its condition has %d characters of at most %d."
                            + " Choose a shorter path.",
                    folder, condition.length(), MOST_CHARACTERS);
        ObjectNode rule = rules.addObject();
        rule.put("availableResource", "//storage.googleapis.com/projects/_/buckets/" + folder.container());
        rule.putArray("availablePermissions").add("inRole:roles/" + role);
        rule.putObject("availabilityCondition").put("expression", condition);
    }

    /** Means exactly the text: a folder has no backslash and no control character, so that quotes are all to escape. */
    private static String literal(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
