package io.sluice.catalog.rest;

import io.sluice.catalog.record.StagingRecord;
import io.sluice.model.name.TableName;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import org.jspecify.annotations.Nullable;

@Path("/api/2.1/unity-catalog/staging-tables")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public final class StagingTablesResource {
    record CreateStagingTable(
            @Nullable String name,
            @Nullable String catalogName,
            @Nullable String schemaName) {}

    record StagingTableInfo(String name, String catalogName, String schemaName, String id, String stagingLocation) {}

    @POST
    public Response create(byte[] body, @Context SecurityContext security) {
        CreateStagingTable wanted = Wire.read(body, CreateStagingTable.class);
        TableName name = TableName.of(
                Fields.required("catalog_name", wanted.catalogName()),
                Fields.required("schema_name", wanted.schemaName()),
                Fields.required("name", wanted.name()));
        StagingRecord made = Callers.metastore(security).managedTables().stage(Callers.of(security), name);
        return Wire.ok(new StagingTableInfo(
                made.name(), name.catalog().value(), name.schema().schema().value(), made.id(), made.location()));
    }
}
