package io.sluice.catalog.commits;

import io.sluice.model.failure.Failure;
import java.util.Map;

/** Tables are not kept as Iceberg beside Delta: readers of the other format would not see new commits. */
public final class DeltaAlone {
    private static final String OTHER_FORMATS = "delta.universalFormat.enabledFormats";

    private DeltaAlone() {}

    public static void require(Map<String, String> properties) {
        String formats = properties.getOrDefault(OTHER_FORMATS, "");
        if (!formats.isBlank())
            throw Failure.unsupported(
                    "Tables are not kept as %s beside Delta yet. Leave the property %s out.", formats, OTHER_FORMATS);
    }

    /** @param uniform what a request says of the other format */
    public static void requireAbsent(boolean uniform) {
        if (uniform) throw Failure.unsupported("Tables are not kept as Iceberg beside Delta yet. Leave uniform out.");
    }
}
