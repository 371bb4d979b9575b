package io.sluice.model.place;

import io.sluice.model.failure.Failure;
import java.util.Locale;

/** A region of a cloud, written {@code aws:eu-west-1}. */
public record Region(String cloud, String name) {
    public Region {
        if (cloud.isBlank() || name.isBlank() || cloud.indexOf(':') >= 0 || name.indexOf(':') >= 0)
            throw Failure.invalid("\"%s:%s\" is not a region. Write cloud:region, as in aws:eu-west-1.", cloud, name);
        cloud = cloud.toLowerCase(Locale.ROOT);
        name = name.toLowerCase(Locale.ROOT);
    }

    /** Reads {@code cloud:region} and, from a global metastore id, the first two parts of {@code cloud:region:uuid}. */
    public static Region parse(String text) {
        String[] parts = text.split(":", 3);
        if (parts.length < 2)
            throw Failure.invalid("\"%s\" is not a region. Write cloud:region, as in aws:eu-west-1.", text);
        return new Region(parts[0], parts[1]);
    }

    @Override
    public String toString() {
        return cloud + ":" + name;
    }
}
