package io.sluice.model.name;

import io.sluice.model.failure.Failure;

/** Splits full names. There is no quoting on the wire: every dot separates. */
final class Dotted {
    private Dotted() {}

    static String[] split(String fullName, int parts, String form) {
        // Old clients write the dot inside a path segment as the unit separator.
        String[] found = fullName.replace('\u001f', '.').split("\\.", -1);
        if (found.length != parts)
            throw Failure.invalid(
                    "The full name \"%s\" has %d part(s); expected %d, as in %s.", fullName, found.length, parts, form);
        return found;
    }
}
