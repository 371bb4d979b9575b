package io.sluice.server.wiring;

import io.sluice.catalog.Estate;
import io.sluice.catalog.WrongPodException;
import io.sluice.catalog.store.Database;
import io.sluice.crypto.hierarchy.KeyHierarchy;
import io.sluice.model.work.Territory;
import io.sluice.server.http.Forwarding;
import io.sluice.server.launch.Addresses;
import io.sluice.server.launch.SluiceConfig;
import io.sluice.server.pods.TableIndexes;
import io.sluice.sharing.Freshness;
import io.sluice.sharing.files.KeyGate;
import io.sluice.sharing.query.TableHome;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.OptionalLong;

/** What the sharing room asks of other pods. */
public final class SharingPods {
    @Produces
    @Singleton
    Freshness freshness(Estate estate) {
        return () -> {
            Estate.Claim claim = estate.claim(Territory.ROOT);
            return claim.isReadable() ? OptionalLong.of(claim.tenure()) : OptionalLong.empty();
        };
    }

    @Produces
    @Singleton
    KeyGate keyGate(KeyHierarchy keys, Freshness freshness) {
        return new CurrentKeys(keys, freshness);
    }

    @Produces
    @Singleton
    TableIndexes tableIndexes(Database database, SluiceConfig config, Addresses addresses) {
        return new TableIndexes(database, config.pod(), config.pod().address().orElseGet(addresses::http));
    }

    void close(@Disposes TableIndexes indexes) {
        indexes.close();
    }

    /** Whoever was sent here is answered here: where an index is kept is no reason to send anybody on twice. */
    @Produces
    @Singleton
    TableHome tableHome(TableIndexes indexes, Forwarding forwarding) {
        return tableId -> {
            Optional<WrongPodException> elsewhere = indexes.elsewhere(tableId);
            if (elsewhere.isPresent() && !forwarding.isSentOn()) throw elsewhere.get();
        };
    }
}
