package io.sluice.model.work;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Lets the writes of several rooms share one transaction with the audit log. Implemented by the catalog service.
 *
 * <p>A write is refused with {@code UNAVAILABLE} when this pod does not own the territory at the moment of the commit,
 * so that no delayed write of a former owner ever lands.
 */
public interface UnitOfWork {
    <T> T write(Territory territory, Write<T> write);

    /** Reads at one instant. */
    <T> T read(Read<T> read);

    @FunctionalInterface
    interface Write<T> {
        T in(Transaction transaction) throws SQLException;
    }

    @FunctionalInterface
    interface Read<T> {
        T in(Connection connection) throws SQLException;
    }
}
