package io.sluice.model.grant;

import io.sluice.model.failure.Failure;
import java.util.Locale;

/** What grants can be given on. */
public enum SecurableType {
    METASTORE,
    CATALOG,
    SCHEMA,
    TABLE,
    SHARE;

    /** As written in URL paths: {@code table}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static SecurableType parse(String wireName) {
        for (SecurableType type : values()) if (type.wireName().equalsIgnoreCase(wireName)) return type;
        throw Failure.invalid(
                "The securable type \"%s\" is not known. Use metastore, catalog, schema, table or share.", wireName);
    }
}
