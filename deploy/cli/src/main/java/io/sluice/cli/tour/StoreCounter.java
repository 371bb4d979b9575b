package io.sluice.cli.tour;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cli.http.Json;
import io.sluice.cli.http.Route;
import io.sluice.cli.http.SluiceServer;
import io.sluice.model.place.Region;

/** What left the stores of a region, by their own count, which knows nothing of syncs, readers and bills. */
record StoreCounter(SluiceServer server, Region region) {

    long readBytes() {
        JsonNode stores = server.get(Route.sluice("stores")).path("stores");
        return Json.elements(stores).stream()
                .filter(store -> store.path("region").asText().equals(region.toString()))
                .mapToLong(store -> store.path("read_bytes").asLong())
                .sum();
    }
}
