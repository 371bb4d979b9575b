package io.sluice.server.api;

import io.sluice.catalog.govern.Governance;
import io.sluice.catalog.rest.Callers;
import io.sluice.catalog.rest.Wire;
import io.sluice.server.pods.Shards;
import io.sluice.sharder.Assignment;
import io.sluice.sharder.Hold;
import io.sluice.sharder.Resource;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.Tenure;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.stream.Stream;

@Path("/api/1.0/sluice/shards")
@Produces(MediaType.APPLICATION_JSON)
public final class ShardsResource {
    private final Shards shards;
    private final Governance governance;

    public ShardsResource(Shards shards, Governance governance) {
        this.shards = shards;
        this.governance = governance;
    }

    record Pod(String name, String address, long incarnation) {}

    /**
     * @param high exclusive; "infinity" for the last slice
     * @param pods the owner first, then its replicas
     */
    record Slice(String low, String high, List<String> pods, String since, String phase) {}

    record ShardMap(String target, String generation, List<Pod> pods, List<Slice> slices) {}

    @GET
    public Response map(@Context SecurityContext security) {
        governance.principals().requireAdmin(Callers.of(security), "see the shard map");
        Assignment assignment = shards.assignment();
        return Wire.ok(new ShardMap(
                shards.target().name(),
                assignment.generation().toString(),
                assignment.tenures().stream()
                        .map(Tenure::owner)
                        .distinct()
                        .sorted()
                        .map(ShardsResource::pod)
                        .toList(),
                assignment.tenures().stream().map(ShardsResource::slice).toList()));
    }

    private static Pod pod(Resource resource) {
        return new Pod(resource.name(), resource.address(), resource.incarnation());
    }

    private static Slice slice(Tenure tenure) {
        return new Slice(
                tenure.slice().low().toString(),
                tenure.slice().high().map(SliceKey::toString).orElse("infinity"),
                Stream.concat(Stream.of(tenure.owner()), tenure.replicas().stream())
                        .map(Resource::name)
                        .toList(),
                tenure.since().toString(),
                phase(tenure.hold()));
    }

    private static String phase(Hold hold) {
        if (hold instanceof Hold.HandingOver) return "HANDING_OVER";
        return hold.isServed() ? "HELD" : "AWAITING_RELEASE";
    }
}
