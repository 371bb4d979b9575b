package io.sluice.catalog.snapshot;

import io.sluice.catalog.store.CatalogStore;
import io.sluice.catalog.store.LogImage;
import io.sluice.catalog.store.SqlUnitOfWork;
import java.sql.Connection;
import java.sql.SQLException;

/** A log in the store. */
abstract class LogSource<S> implements Followed.Source<S> {
    private final SqlUnitOfWork work;
    private final CatalogStore store;
    private final String log;

    LogSource(SqlUnitOfWork work, CatalogStore store, String log) {
        this.work = work;
        this.store = store;
        this.log = log;
    }

    final String log() {
        return log;
    }

    @FunctionalInterface
    interface Reading {
        LogImage read(CatalogStore store, Connection connection, String log) throws SQLException;
    }

    final LogImage read(Reading reading) {
        return work.read(connection -> reading.read(store, connection, log));
    }

    @Override
    public final Followed.Tail<S> tailAfter(long sequence) {
        return work.read(connection -> new Followed.Tail<>(
                store.changesAfter(connection, log, sequence), store.lastSequence(connection, log)));
    }
}
