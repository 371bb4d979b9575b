package io.sluice.catalog.vending;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** Judges requests by a session policy as Amazon does: wildcards, variables, and how either is written as itself. */
record AmazonPolicy(JsonNode tree) {
    private static final Pattern TOKEN = Pattern.compile("\\$\\{([^}]*)}|\\*|\\?|[^*?$]+|\\$", Pattern.DOTALL);
    /** What a variable stands for in somebody else's session. */
    private static final Map<String, String> VARIABLES = Map.of("aws:username", "victim", "aws:userid", "victim");

    static AmazonPolicy parse(String json) throws Exception {
        return new AmazonPolicy(new ObjectMapper().readTree(json));
    }

    boolean gets(String bucket, String key) {
        return allows("s3:GetObject", "arn:aws:s3:::" + bucket + "/" + key, Optional.empty());
    }

    boolean puts(String bucket, String key) {
        return allows("s3:PutObject", "arn:aws:s3:::" + bucket + "/" + key, Optional.empty());
    }

    boolean deletes(String bucket, String key) {
        return allows("s3:DeleteObject", "arn:aws:s3:::" + bucket + "/" + key, Optional.empty());
    }

    boolean lists(String bucket, String prefix) {
        return allows("s3:ListBucket", "arn:aws:s3:::" + bucket, Optional.of(prefix));
    }

    boolean allows(String action, String resource, Optional<String> prefix) {
        return StreamSupport.stream(tree.path("Statement").spliterator(), false)
                .anyMatch(statement -> holds(statement.path("Action"), action)
                        && holds(statement.path("Resource"), resource)
                        && conditionHolds(statement, prefix));
    }

    private static boolean conditionHolds(JsonNode statement, Optional<String> prefix) {
        JsonNode wanted = statement.at("/Condition/StringLike/s3:prefix");
        return wanted.isMissingNode() || prefix.isPresent() && holds(wanted, prefix.get());
    }

    private static boolean holds(JsonNode patterns, String text) {
        if (patterns.isTextual()) return regex(patterns.asText()).matcher(text).matches();
        return StreamSupport.stream(patterns.spliterator(), false)
                .anyMatch(pattern -> regex(pattern.asText()).matcher(text).matches());
    }

    private static Pattern regex(String pattern) {
        StringBuilder regex = new StringBuilder();
        Matcher tokens = TOKEN.matcher(pattern);
        while (tokens.find()) {
            String variable = tokens.group(1);
            if (variable == null)
                regex.append(
                        switch (tokens.group()) {
                            case "*" -> ".*";
                            case "?" -> ".";
                            default -> Pattern.quote(tokens.group());
                        });
            else if (variable.matches("[*?$]")) regex.append(Pattern.quote(variable));
            else regex.append(Pattern.quote(VARIABLES.getOrDefault(variable, "(unknown)")));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
