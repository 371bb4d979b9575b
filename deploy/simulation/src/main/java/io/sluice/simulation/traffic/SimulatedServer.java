package io.sluice.simulation.traffic;

import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import io.sluice.sharder.load.LoadMeter;
import java.util.ArrayList;
import java.util.List;

/** A pod that serves: it measures with the product's own meter, and knows which slices it holds. */
final class SimulatedServer {
    final Resource self;
    final String zone;
    final double capacity;
    final LoadMeter meter;
    final List<Slice> held = new ArrayList<>();
    Caches.Cache cache;
    boolean isLeaving;

    SimulatedServer(Resource self, String zone, double capacity, Caches.Cache cache, long nowNanos) {
        this.self = self;
        this.zone = zone;
        this.capacity = capacity;
        this.cache = cache;
        this.meter = new LoadMeter(1, 1, nowNanos);
    }
}
