package io.sluice.sharder;

import java.util.regex.Pattern;

/** The service whose keys are shared out, for example {@code catalog}. Targets know nothing of each other. */
public record Target(String name) {
    // RFC 1123, as for a Kubernetes service: the name ends up in host names and metric labels.
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    public Target {
        if (!LABEL.matcher(name).matches())
            throw new IllegalArgumentException("\"" + name + "\" is not the name of a target. Use at most 63 lower-case"
                    + " letters, digits and hyphens, with no hyphen at either end.");
    }

    @Override
    public String toString() {
        return name;
    }
}
