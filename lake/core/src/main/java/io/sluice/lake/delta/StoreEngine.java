package io.sluice.lake.delta;

import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.MetricsReporter;
import io.sluice.lake.store.ObjectStore;
import java.util.List;

/** Kernel's default engine over a store, without its habit of logging a report for each scan. */
final class StoreEngine extends DefaultEngine {
    StoreEngine(ObjectStore store) {
        super(new StoreFileIO(store));
    }

    @Override
    public List<MetricsReporter> getMetricsReporters() {
        return List.of();
    }
}
