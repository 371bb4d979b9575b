package io.sluice.model.grant;

import io.sluice.model.failure.Failure;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What may be done. Constants are in the hosted spelling (USE_CATALOG); the open-source one has spaces. */
public enum Privilege {
    CREATE_CATALOG,
    USE_CATALOG,
    CREATE_SCHEMA,
    USE_SCHEMA,
    CREATE_TABLE,
    SELECT,
    MODIFY,
    CREATE_FUNCTION,
    EXECUTE,
    CREATE_VOLUME,
    READ_VOLUME,
    WRITE_VOLUME,
    CREATE_MODEL,
    CREATE_MODEL_VERSION,
    CREATE_STORAGE_CREDENTIAL,
    CREATE_EXTERNAL_LOCATION,
    CREATE_EXTERNAL_TABLE,
    CREATE_EXTERNAL_VOLUME,
    CREATE_MANAGED_STORAGE,
    READ_FILES,
    WRITE_FILES,
    APPLY_TAG,
    BROWSE,
    MANAGE,
    /** Every other one except {@link #MANAGE}, also those that come later. */
    ALL_PRIVILEGES,
    CREATE_SHARE,
    CREATE_RECIPIENT,
    CREATE_PROVIDER,
    USE_PROVIDER;

    private static final Map<String, Privilege> BY_NAME =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(Privilege::name, Function.identity()));

    /** Reads both spellings, in any case. */
    public static Privilege parse(String text) {
        Privilege found = BY_NAME.get(text.trim().replace(' ', '_').toUpperCase(Locale.ROOT));
        if (found == null)
            throw Failure.invalid(
                    "The privilege \"%s\" is not known. Known are: %s.", text, String.join(", ", sortedNames()));
        return found;
    }

    /** {@code USE CATALOG}, as Unity Catalog's open-source clients read it. */
    public String spaced() {
        return name().replace('_', ' ');
    }

    private static Iterable<String> sortedNames() {
        return Set.copyOf(BY_NAME.keySet()).stream().sorted().toList();
    }
}
