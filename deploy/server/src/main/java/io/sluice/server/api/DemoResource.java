package io.sluice.server.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.catalog.govern.Governance;
import io.sluice.catalog.rest.Callers;
import io.sluice.catalog.rest.Wire;
import io.sluice.model.failure.Failure;
import io.sluice.server.demo.DemoNames;
import io.sluice.server.demo.DemoWorld;
import io.sluice.server.launch.SluiceConfig;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;

/** The demo world: where things are, and a day of trade at the push of a button. Only in a world that was seeded. */
@Path("/api/1.0/sluice/demo")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public final class DemoResource {
    private final DemoWorld demo;
    private final SluiceConfig config;
    private final Governance governance;

    public DemoResource(DemoWorld demo, SluiceConfig config, Governance governance) {
        this.demo = demo;
        this.config = config;
        this.governance = governance;
    }

    @GET
    public Response describe(@Context SecurityContext security) {
        requireDemo(security);
        ObjectNode answer = Wire.object()
                .put("data_dir", config.data().toString())
                .put("share", DemoNames.SHARE)
                .put("sealed_share", DemoNames.SEALED_SHARE)
                .put("replica", DemoNames.REPLICA)
                .put("sealed_scope", DemoNames.SEALED_SCOPE)
                .put("producer", DemoNames.PRODUCER);
        answer.putObject("tables")
                .put("orders", DemoNames.ORDERS.toString())
                .put("customers", DemoNames.CUSTOMERS.toString())
                .put("payments", DemoNames.PAYMENTS.toString());
        answer.putObject("profiles")
                .put("share", profile("demo.share"))
                .put("remote_share", profile("demo-remote.share"))
                .put("sealed_share", profile("demo-sealed.share"));
        return Wire.ok(answer);
    }

    @POST
    @Path("business-day")
    public Response businessDay(@Context SecurityContext security) {
        requireDemo(security);
        DemoWorld.Day day = demo.businessDay();
        return Wire.ok(Wire.object()
                .put("table", day.table().toString())
                .put("version", day.version())
                .put("rows", day.rows()));
    }

    private String profile(String file) {
        return config.data().resolve(file).toString();
    }

    private void requireDemo(SecurityContext security) {
        governance.principals().requireAdmin(Callers.of(security), "use the demo world");
        if (!config.demo())
            throw Failure.notFound(
                    Failure.Subject.ANYTHING, "This server carries no demo world. Start dev without --empty.");
    }
}
