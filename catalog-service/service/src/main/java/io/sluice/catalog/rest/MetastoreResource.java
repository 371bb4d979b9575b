package io.sluice.catalog.rest;

import io.sluice.catalog.govern.Governance;
import io.sluice.catalog.record.MetastoreRecord;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

@Path("/api/2.1/unity-catalog/metastore_summary")
@Produces(MediaType.APPLICATION_JSON)
public final class MetastoreResource {
    private final Governance governance;

    public MetastoreResource(Governance governance) {
        this.governance = governance;
    }

    @GET
    public Response get() {
        MetastoreRecord metastore = governance.principals().metastore();
        return Wire.ok(Wire.object()
                .put("metastore_id", metastore.id())
                .put("name", metastore.name())
                .put("owner", metastore.owner()));
    }
}
