package io.sluice.sharing;

import io.sluice.model.failure.Failure;
import java.util.Locale;

/**
 * Says who may manage sharing. Plugged in by the server; owners of a share or a recipient may always manage it and are
 * not asked about here.
 */
public interface SharingAuthority {
    boolean allows(String principal, Action action);

    enum Action {
        CREATE_SHARE,
        CREATE_RECIPIENT,
        MANAGE_EVERY_SHARE,
        MANAGE_EVERY_RECIPIENT,
        CREATE_PROVIDER,
        USE_EVERY_PROVIDER,
        MANAGE_EVERY_PROVIDER
    }

    default void require(String principal, Action action) {
        if (!allows(principal, action))
            throw Failure.denied(
                    "%s may not %s. Ask an administrator of the metastore for the privilege.",
                    principal, action.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }
}
