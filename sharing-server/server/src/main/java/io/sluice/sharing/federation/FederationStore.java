package io.sluice.sharing.federation;

import io.sluice.sharing.recipient.RecipientId;
import java.sql.Connection;
import java.util.List;

/** Policies of all recipients. Every call works on the connection of an open transaction. */
public interface FederationStore {
    /** False when the recipient has a policy of that name. */
    boolean insert(Connection connection, FederationPolicy policy);

    void update(Connection connection, FederationPolicy policy);

    void delete(Connection connection, FederationPolicy policy);

    List<FederationPolicy> of(Connection connection, RecipientId recipient);

    List<FederationPolicy> all(Connection connection);
}
