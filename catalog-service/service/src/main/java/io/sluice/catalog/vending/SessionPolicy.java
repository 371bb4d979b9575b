package io.sluice.catalog.vending;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.model.failure.Failure;

/**
 * The policy that confines a session to one folder. It is built as a tree, and what a policy reads as a wildcard or a
 * variable is written so that it stands for itself: names come from callers.
 */
final class SessionPolicy {
    /** What Amazon takes, in characters. */
    private static final int MOST_CHARACTERS = 2048;

    /** Amazon takes Latin-1 alone; the rest is escaped, and means the same. */
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private SessionPolicy() {}

    /** @param partition of the bucket's ARN: {@code aws}, {@code aws-cn} and so on */
    static String of(Access access, CloudFolder folder, String partition) {
        String bucket = "arn:" + partition + ":s3:::" + literal(folder.container());
        String inside = literal(folder.prefix()) + "*";

        ObjectNode policy = JSON.createObjectNode().put("Version", "2012-10-17");
        ArrayNode statements = policy.putArray("Statement");
        ArrayNode actions = allow(statements, bucket + "/" + inside)
                .putArray("Action")
                .add("s3:GetObject")
                .add("s3:GetObjectVersion");
        if (access == Access.READ_WRITE)
            actions.add("s3:PutObject")
                    .add("s3:DeleteObject")
                    .add("s3:AbortMultipartUpload")
                    .add("s3:ListMultipartUploadParts");
        ObjectNode list = allow(statements, bucket);
        list.putArray("Action").add("s3:ListBucket");
        // With its slash: a prefix without one would also list the neighbours whose names begin alike.
        list.putObject("Condition")
                .putObject("StringLike")
                .putArray("s3:prefix")
                .add(inside);
        // Apart from the list: it has no prefix, so under that condition it would never be allowed.
        allow(statements, bucket).putArray("Action").add("s3:GetBucketLocation");
        return written(policy, folder);
    }

    private static ObjectNode allow(ArrayNode statements, String resource) {
        return statements.addObject().put("Effect", "Allow").put("Resource", resource);
    }

    private static String written(ObjectNode policy, CloudFolder folder) {
        try {
            String text = JSON.writeValueAsString(policy);
            if (text.length() > MOST_CHARACTERS)
                throw Failure.invalid(
                        "The location %s is too long for a session policy: it makes %d characters of at most %d."
                                + " Choose a shorter path.",
                        folder, text.length(), MOST_CHARACTERS);
            return text;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts cannot be written", e);
        }
    }

    /** The dollar first: the replacement for the star begins with one. No folder has a question mark. */
    private static String literal(String text) {
        return text.replace("$", "${$}").replace("*", "${*}");
    }
}
