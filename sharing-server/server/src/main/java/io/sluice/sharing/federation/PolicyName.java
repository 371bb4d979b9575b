package io.sluice.sharing.federation;

import io.sluice.model.failure.Failure;
import java.util.regex.Pattern;

/** By the hosted API's rule: lower-case letters, digits and hyphens, and no hyphen at either end. */
public record PolicyName(String value) implements Comparable<PolicyName> {
    private static final Pattern RULE = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,253}[a-z0-9])?");

    public PolicyName {
        if (!RULE.matcher(value).matches())
            throw Failure.invalid(
                    "The name of the policy is \"%s\". Use lower-case letters, digits and hyphens between them.",
                    value.replaceAll("\\p{Cntrl}", "?"));
    }

    @Override
    public int compareTo(PolicyName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
