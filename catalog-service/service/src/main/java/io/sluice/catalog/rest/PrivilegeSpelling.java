package io.sluice.catalog.rest;

import io.sluice.model.grant.Privilege;
import org.jspecify.annotations.Nullable;

/** Each family of clients reads its own spelling only. */
enum PrivilegeSpelling {
    SPACES,
    UNDERSCORES;

    static PrivilegeSpelling of(@Nullable String userAgent) {
        return userAgent != null && userAgent.contains("databricks-sdk") ? UNDERSCORES : SPACES;
    }

    String write(Privilege privilege) {
        return this == SPACES ? privilege.spaced() : privilege.name();
    }
}
