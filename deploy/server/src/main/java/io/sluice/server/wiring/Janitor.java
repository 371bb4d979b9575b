package io.sluice.server.wiring;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.catalog.govern.Governance;
import io.sluice.catalog.govern.Metastores;
import io.sluice.lake.store.ObjectInfo;
import io.sluice.lake.store.ObjectStore;
import io.sluice.model.work.SoftLeader;
import io.sluice.model.work.Territory;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.util.Iterator;
import org.jboss.logging.Logger;

/**
 * Looks every minute for what was kept long enough: dropped tables, folders of nothing, old changes and audit rows. Of
 * several pods one does what stands above the catalogs.
 */
@Singleton
final class Janitor {
    private static final Logger LOG = Logger.getLogger(Janitor.class);
    private static final int SECONDS = 60;

    private final Metastores metastores;
    private final Places places;
    private final SoftLeader leader;
    private final Chores chores = new Chores("janitor", 1);

    Janitor(Metastores metastores, Places places, SoftLeader leader) {
        this.metastores = metastores;
        this.places = places;
        this.leader = leader;
    }

    void start(@Observes StartupEvent started) {
        chores.every(SECONDS, this::round);
    }

    void stop(@Observes ShutdownEvent stopping) {
        chores.close();
    }

    private void round() {
        // Each pod those of its own catalogs.
        for (Governance metastore : metastores.all()) metastore.droppedTables().purge();
        if (!leader.leads(Territory.ROOT)) return;
        for (Governance metastore : metastores.all()) metastore.history().trimAudit();
        metastores.first().history().trimChanges();
        metastores.first().droppedTables().sweep(this::empty);
    }

    private void empty(String location) throws IOException {
        try {
            ObjectStore folder = places.raw(URI.create(location));
            Iterator<ObjectInfo> files = folder.list("", "");
            while (files.hasNext()) folder.delete(files.next().key());
        } catch (IOException | RuntimeException e) {
            // Also where no store is configured for the folder any more: the others must not wait for it.
            LOG.warnf("%s could not be emptied and is tried again: %s", location, e.getMessage());
            throw new IOException(e);
        }
    }
}
