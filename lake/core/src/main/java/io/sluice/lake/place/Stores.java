package io.sluice.lake.place;

import io.sluice.lake.store.ObjectStore;
import io.sluice.lake.store.PrefixedStore;
import io.sluice.lake.store.StoreTraffic;
import io.sluice.lake.store.TrafficMeter;
import io.sluice.model.failure.Failure;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The named stores, and which of them a location lies in: the one with the longest root that covers it. Each store is
 * metered. Safe for use by many threads.
 */
public final class Stores implements Closeable {
    private final List<Named> stores;

    private Stores(List<Named> stores) {
        this.stores = stores;
    }

    /** Opens all of them. A folder that cannot be made or written is told now, a service that does not answer later. */
    public static Stores open(List<StoreConfig> configs) throws IOException {
        Map<String, Named> byName = new LinkedHashMap<>();
        Stores opened = new Stores(new ArrayList<>());
        try {
            for (StoreConfig config : configs) {
                Named store = Named.open(config);
                opened.stores.add(store);
                if (byName.put(config.name(), store) != null)
                    throw Failure.invalid("Two stores are named %s. Give each a name of its own.", config.name());
            }
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
        return new Stores(opened.stores.stream()
                .sorted(Comparator.comparing(
                                (Named store) -> store.root.segments().size())
                        .reversed())
                .toList());
    }

    /** The store at a location. Throws {@code Failure} (invalid) when no named store covers it. */
    public StorePlace place(URI location) {
        Location wanted = Location.parse(location);
        for (Named store : stores) {
            if (store.root.covers(wanted)) return store.place(wanted);
        }
        throw Failure.invalid(
                "No store covers the location %s. The stores are: %s. Choose a location in one of them, or add a store "
                        + "to the server's configuration.",
                location, described());
    }

    /** What passed so far, by store name. */
    public Map<String, StoreTraffic> traffic() {
        return stores.stream().collect(Collectors.toMap(store -> store.config.name(), store -> store.meter.traffic()));
    }

    @Override
    public void close() throws IOException {
        for (Named store : stores) store.close();
    }

    private String described() {
        if (stores.isEmpty()) return "none";
        return stores.stream()
                .map(store -> store.config.name() + " at " + store.config.root())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private record Named(StoreConfig config, Location root, ObjectStore store, TrafficMeter meter)
            implements Closeable {
        static Named open(StoreConfig config) throws IOException {
            Location root = Location.parse(config.root());
            TrafficMeter meter = new TrafficMeter();
            return new Named(config, root, Opening.open(config, root, meter), meter);
        }

        StorePlace place(Location wanted) {
            ObjectStore view = PrefixedStore.below(store, root.folderOf(wanted));
            return new StorePlace(view, config.name(), config.region());
        }

        @Override
        public void close() throws IOException {
            if (store instanceof Closeable closeable) closeable.close();
        }
    }
}
