package io.sluice.catalog.vending;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.model.failure.Failure;
import java.net.URI;

/**
 * The policy that confines a session to one folder. It is built as a tree, and what a policy reads as a wildcard or a
 * variable is written so that it stands for itself: names come from callers.
 */
final class SessionPolicy {
    private SessionPolicy() {}

    static String of(Access access, String location) {
        URI uri = URI.create(location);
        String bucket = uri.getAuthority();
        String folder = uri.getPath() == null ? "" : uri.getPath().replaceAll("^/+|/+$", "");
        if (bucket == null || bucket.isEmpty() || folder.isEmpty())
            throw Failure.invalid(
                    "The location %s is a whole bucket. Credentials are vended for a folder within one.", location);
        String objects = "arn:aws:s3:::" + literal(bucket) + "/" + literal(folder) + "/*";

        ObjectNode policy = JsonNodeFactory.instance.objectNode().put("Version", "2012-10-17");
        ArrayNode statements = policy.putArray("Statement");
        ObjectNode files = statements.addObject().put("Effect", "Allow");
        ArrayNode actions = files.putArray("Action").add("s3:GetObject").add("s3:GetObjectVersion");
        if (access == Access.READ_WRITE)
            actions.add("s3:PutObject").add("s3:DeleteObject").add("s3:AbortMultipartUpload");
        files.put("Resource", objects);
        ObjectNode list = statements.addObject().put("Effect", "Allow");
        list.putArray("Action").add("s3:ListBucket").add("s3:GetBucketLocation");
        list.put("Resource", "arn:aws:s3:::" + literal(bucket));
        list.putObject("Condition")
                .putObject("StringLike")
                .putArray("s3:prefix")
                .add(literal(folder))
                .add(literal(folder) + "/*");
        return policy.toString();
    }

    /** The dollar first: the replacements for the others begin with one. */
    private static String literal(String text) {
        return text.replace("$", "${$}").replace("*", "${*}").replace("?", "${?}");
    }
}
