package io.sluice.sharing.provider;

import java.sql.Connection;
import java.util.List;
import java.util.Optional;

/** Providers. Every call works on the connection of an open transaction. */
public interface ProviderStore {
    /** False when the name is taken. */
    boolean insert(Connection connection, Provider provider);

    /** False when the new name is taken. Requires: the provider exists. */
    boolean update(Connection connection, Provider provider);

    void delete(Connection connection, ProviderId id);

    Optional<Provider> find(Connection connection, ProviderName name);

    List<Provider> all(Connection connection);
}
