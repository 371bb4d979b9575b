package io.sluice.catalog.rest;

import io.sluice.catalog.store.AuditRow;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;

@Path("/api/1.0/sluice/audit")
@Produces(MediaType.APPLICATION_JSON)
public final class AuditResource {
    record Events(List<AuditRow> events) {}

    @GET
    public Response newest(
            @QueryParam("max_results") @DefaultValue("100") int count, @Context SecurityContext security) {
        return Wire.ok(new Events(Callers.metastore(security).auditLog().newest(Callers.of(security), count)));
    }
}
