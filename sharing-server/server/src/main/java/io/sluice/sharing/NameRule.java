package io.sluice.sharing;

import io.sluice.model.failure.Failure;
import java.util.Locale;

/** The protocol's rule for names: compared without regard to case, so they are kept in lower case. */
public final class NameRule {
    private static final int MAX_LENGTH = 255;

    private NameRule() {}

    /** @param what the thing named, for the message */
    public static String checked(String what, String name) {
        if (name.isEmpty() || name.length() > MAX_LENGTH)
            throw Failure.invalid("The %s name has %d characters. Give it 1 to %d.", what, name.length(), MAX_LENGTH);
        if (name.chars().anyMatch(NameRule::isForbidden))
            throw Failure.invalid(
                    "The %s name \"%s\" has a character that is not allowed. Leave out spaces, '/' and control characters.",
                    what, printable(name));
        return name.toLowerCase(Locale.ROOT);
    }

    /** For parts of dotted names. */
    public static String checkedPart(String what, String name) {
        if (name.indexOf('.') >= 0)
            throw Failure.invalid(
                    "The %s name \"%s\" has a dot. Dots separate schema and table.", what, printable(name));
        return checked(what, name);
    }

    private static boolean isForbidden(int character) {
        return character <= ' ' || character == '/' || character == 0x7f;
    }

    private static String printable(String name) {
        return name.replaceAll("\\p{Cntrl}", "?");
    }
}
