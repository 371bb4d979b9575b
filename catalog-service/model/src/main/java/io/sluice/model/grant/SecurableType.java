package io.sluice.model.grant;

import io.sluice.model.failure.Failure;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What grants can be given on. */
public enum SecurableType {
    METASTORE,
    CATALOG,
    SCHEMA,
    TABLE,
    VOLUME,
    FUNCTION,
    REGISTERED_MODEL,
    CREDENTIAL,
    EXTERNAL_LOCATION,
    SHARE;

    /** As written in URL paths: {@code table}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static SecurableType parse(String wireName) {
        if (wireName.equalsIgnoreCase("storage_credential")) return CREDENTIAL;
        for (SecurableType type : values()) if (type.wireName().equalsIgnoreCase(wireName)) return type;
        throw Failure.invalid(
                "The securable type \"%s\" is not known. Use %s.",
                wireName, Arrays.stream(values()).map(SecurableType::wireName).collect(Collectors.joining(", ")));
    }
}
