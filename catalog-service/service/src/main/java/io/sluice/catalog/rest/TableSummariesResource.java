package io.sluice.catalog.rest;

import io.sluice.catalog.govern.Page;
import io.sluice.catalog.snapshot.TableNode;
import io.sluice.model.name.EntityName;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import org.jspecify.annotations.Nullable;

/** Names and types of a catalog's tables, by patterns. */
@Path("/api/2.1/unity-catalog/table-summaries")
@Produces(MediaType.APPLICATION_JSON)
public final class TableSummariesResource {
    record Summary(String fullName, String tableType) {}

    @GET
    public Response list(
            @QueryParam("catalog_name") @Nullable String catalogName,
            @QueryParam("schema_name_pattern") @DefaultValue("%") String schemaPattern,
            @QueryParam("table_name_pattern") @DefaultValue("%") String tablePattern,
            @QueryParam("max_results") @Nullable String maxResults,
            @QueryParam("page_token") @Nullable String pageToken,
            @Context SecurityContext security) {
        Page<TableNode> page = Callers.metastore(security)
                .tables()
                .summaries(
                        Callers.of(security),
                        EntityName.of(Fields.required("catalog_name", catalogName)),
                        schemaPattern,
                        tablePattern,
                        Fields.page(maxResults, pageToken));
        return Wire.page(
                "tables",
                page.items().stream()
                        .map(node -> Wire.bytes(new Summary(
                                node.table().name().toString(),
                                node.table().tableType().name())))
                        .toList(),
                page.nextToken());
    }
}
