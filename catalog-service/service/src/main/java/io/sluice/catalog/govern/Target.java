package io.sluice.catalog.govern;

import io.sluice.catalog.access.Caller;
import io.sluice.catalog.record.Grants;
import io.sluice.catalog.record.Securable;
import io.sluice.model.grant.Privilege;
import io.sluice.model.work.Territory;

/**
 * Something that can be granted on, whatever its type, as of one instant.
 *
 * @param name its full name; empty for the metastore
 */
record Target(Securable securable, String name, Grants grants, Territory territory, String log, Rights rights) {
    /** Who may do what with it. */
    interface Rights {
        /** May change it and grant on it. */
        boolean control(Caller caller);

        boolean see(Caller caller);

        /** Holds the privilege on it, or on something above, and the way there. */
        boolean hold(Caller caller, Privilege privilege);
    }

    boolean isControlledBy(Caller caller) {
        return rights.control(caller);
    }
}
