package io.sluice.server.wiring;

import io.sluice.catalog.govern.Governance;
import io.sluice.catalog.govern.Tables;
import io.sluice.chargeback.ledger.JdbcLedgerStore;
import io.sluice.chargeback.ledger.Ledger;
import io.sluice.chargeback.ledger.LedgerStore;
import io.sluice.chargeback.rate.RateCards;
import io.sluice.chargeback.statement.Statements;
import io.sluice.crypto.hierarchy.KeyHierarchy;
import io.sluice.lake.store.ObjectStore;
import io.sluice.model.place.Region;
import io.sluice.model.work.UnitOfWork;
import io.sluice.replica.JdbcReplicaStore;
import io.sluice.replica.MeteredSource;
import io.sluice.replica.Replica;
import io.sluice.replica.ReplicaPlaces;
import io.sluice.replica.Replicas;
import io.sluice.replica.journal.JdbcSyncJournal;
import io.sluice.replica.sync.SyncPorts;
import io.sluice.replica.sync.SyncSettings;
import io.sluice.server.launch.SluiceConfig;
import io.sluice.server.observe.Transfers;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;

/** The stores, the replicas between them, and the bill for what crossed. */
public final class ReplicaWiring {
    @Produces
    @Singleton
    Clouds clouds(SluiceConfig config) {
        return Clouds.open(Clouds.of(config));
    }

    void close(@Disposes Clouds clouds) {
        try {
            clouds.stores().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Produces
    @Singleton
    Places places(Clouds clouds, KeyHierarchy keys) {
        return new Places(clouds, keys);
    }

    @Produces
    @Singleton
    RateCards rateCards() {
        return RateCards.bundled();
    }

    @Produces
    @Singleton
    LedgerStore ledgerStore(UnitOfWork work) {
        return new JdbcLedgerStore(work);
    }

    @Produces
    @Singleton
    Ledger ledger(LedgerStore store, Clock clock) {
        return new Ledger(store, clock);
    }

    @Produces
    @Singleton
    Statements statements(LedgerStore store, RateCards rates) {
        return new Statements(store, rates);
    }

    @Produces
    @Singleton
    Replicas replicas(
            UnitOfWork work,
            Places places,
            Governance governance,
            Ledger ledger,
            RateCards rates,
            Transfers transfers,
            Clock clock) {
        SyncPorts ports = new SyncPorts(
                new CatalogReplicaPlaces(places, governance.tables()),
                new JdbcSyncJournal(work),
                (lane, bytes, at) -> rates.quote(lane, bytes.bytes(), at).money(),
                transfers.before(ledger::record));
        return new Replicas(new JdbcReplicaStore(work), ports, SyncSettings.DEFAULT, clock);
    }

    /** A copy of a sealed table is sealed under the same scope, so that a revocation takes both. */
    private record CatalogReplicaPlaces(Places places, Tables tables) implements ReplicaPlaces {
        @Override
        public Region regionOf(URI location) {
            return places.regionOf(location);
        }

        @Override
        public MeteredSource source(Replica replica) {
            URI location = replica.sourceLocation();
            return MeteredSource.of(
                    places.raw(location), places.unsealing(replica.sourceTableId(), location, scope(replica)));
        }

        @Override
        public ObjectStore target(Replica replica) {
            return places.open(replica.sourceTableId(), replica.targetLocation(), scope(replica));
        }

        private Optional<String> scope(Replica replica) {
            return tables.find(replica.sourceTable()).flatMap(Tables.Usable::keyScope);
        }
    }
}
