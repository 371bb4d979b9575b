package io.sluice.catalog.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.catalog.record.DroppedTable;
import io.sluice.model.name.SchemaName;
import io.sluice.model.name.TableName;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import org.jspecify.annotations.Nullable;

/** What SQL calls SHOW TABLES DROPPED and UNDROP TABLE. */
@Path("/api/1.0/sluice/dropped-tables")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public final class DroppedTablesResource {
    record Undrop(@Nullable String fullName, @Nullable String tableId) {}

    @GET
    public Response list(
            @QueryParam("catalog_name") @Nullable String catalogName,
            @QueryParam("schema_name") @Nullable String schemaName,
            @Context SecurityContext security) {
        SchemaName schema =
                SchemaName.of(Fields.required("catalog_name", catalogName), Fields.required("schema_name", schemaName));
        ObjectNode answer = Wire.object();
        ArrayNode tables = answer.putArray("tables");
        for (DroppedTable table : Callers.metastore(security).droppedTables().list(Callers.of(security), schema))
            tables.addObject()
                    .put("full_name", table.table().name().toString())
                    .put("table_id", table.table().id())
                    .put("table_type", table.table().tableType().name())
                    .put("deleted_at", table.droppedAt())
                    .put("deleted_by", table.droppedBy());
        return Wire.ok(answer);
    }

    @POST
    @Path("undrop")
    public Response undrop(byte[] body, @Context SecurityContext security) {
        Undrop wanted = Wire.read(body, Undrop.class);
        TableName name = TableName.parse(Fields.required("full_name", wanted.fullName()));
        return Wire.ok(Callers.metastore(security)
                .droppedTables()
                .restore(Callers.of(security), name, wanted.tableId())
                .body());
    }
}
