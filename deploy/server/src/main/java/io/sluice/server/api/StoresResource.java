package io.sluice.server.api;

import io.sluice.catalog.govern.Governance;
import io.sluice.catalog.rest.Callers;
import io.sluice.catalog.rest.Wire;
import io.sluice.lake.place.StoreConfig;
import io.sluice.lake.store.StoreTraffic;
import io.sluice.server.wiring.Clouds;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Map;

/** What crossed the wire to and from each object store since this process started. */
@Path("/api/1.0/sluice/stores")
@Produces(MediaType.APPLICATION_JSON)
public final class StoresResource {
    private final Clouds clouds;
    private final Governance governance;

    public StoresResource(Clouds clouds, Governance governance) {
        this.clouds = clouds;
        this.governance = governance;
    }

    record Store(String name, String region, String root, long readBytes, long writtenBytes, long requests) {}

    record StoreList(List<Store> stores) {}

    @GET
    public Response list(@Context SecurityContext security) {
        governance.principals().requireAdmin(Callers.of(security), "see the stores");
        Map<String, StoreTraffic> traffic = clouds.stores().traffic();
        return Wire.ok(new StoreList(clouds.configs().stream()
                .map(config -> store(config, traffic.getOrDefault(config.name(), StoreTraffic.NONE)))
                .toList()));
    }

    private static Store store(StoreConfig config, StoreTraffic traffic) {
        return new Store(
                config.name(),
                config.region().toString(),
                config.root().toString(),
                traffic.readBytes(),
                traffic.writtenBytes(),
                traffic.requests());
    }
}
