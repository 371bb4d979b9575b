package io.sluice.model.name;

import io.sluice.model.failure.Failure;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One part of a name: a catalog, a schema, a table. Names compare without regard to case, as in Unity Catalog; the
 * stored form is lower case.
 */
public record EntityName(String value) implements Comparable<EntityName> {
    private static final int MAX_LENGTH = 255;
    private static final Pattern ALLOWED = Pattern.compile("[\\p{L}\\p{N}_@-]+");

    public EntityName {
        if (value.isEmpty()) throw Failure.invalid("A name is empty. Give it 1 to %d characters.", MAX_LENGTH);
        if (value.length() > MAX_LENGTH)
            throw Failure.invalid(
                    "The name \"%s…\" has %d characters. At most %d are allowed.",
                    value.substring(0, 32), value.length(), MAX_LENGTH);
        if (!ALLOWED.matcher(value).matches())
            throw Failure.invalid(
                    "The name \"%s\" has a character that is not allowed. Use letters, digits, '_', '@' and '-'.",
                    value);
        value = value.toLowerCase(Locale.ROOT);
    }

    public static EntityName of(String value) {
        return new EntityName(value);
    }

    @Override
    public int compareTo(EntityName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
