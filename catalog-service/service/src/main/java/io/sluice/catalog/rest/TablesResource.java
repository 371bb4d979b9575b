package io.sluice.catalog.rest;

import io.sluice.catalog.govern.Page;
import io.sluice.catalog.govern.Tables;
import io.sluice.catalog.record.Column;
import io.sluice.catalog.record.TableRecord.TableType;
import io.sluice.catalog.snapshot.TableNode;
import io.sluice.model.failure.Failure;
import io.sluice.model.name.SchemaName;
import io.sluice.model.name.TableName;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

@Path("/api/2.1/unity-catalog/tables")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public final class TablesResource {
    record CreateTable(
            @Nullable String name,
            @Nullable String catalogName,
            @Nullable String schemaName,
            @Nullable String tableType,
            @Nullable String dataSourceFormat,
            @Nullable List<WireColumn> columns,
            @Nullable String storageLocation,
            @Nullable String comment,
            @Nullable Map<String, String> properties) {}

    record WireColumn(
            @Nullable String name,
            @Nullable String typeText,
            @Nullable String typeJson,
            @Nullable String typeName,
            @Nullable Integer typePrecision,
            @Nullable Integer typeScale,
            @Nullable String typeIntervalType,
            @Nullable Integer position,
            @Nullable String comment,
            @Nullable Boolean nullable,
            @Nullable Integer partitionIndex) {

        static List<Column> all(List<WireColumn> columns) {
            return IntStream.range(0, columns.size())
                    .mapToObj(i -> columns.get(i).at(i))
                    .toList();
        }

        private Column at(int index) {
            return new Column(
                    Fields.required("columns.name", name),
                    typeText,
                    typeJson,
                    typeName,
                    typePrecision,
                    typeScale,
                    typeIntervalType,
                    position == null ? index : position,
                    comment,
                    nullable == null || nullable,
                    partitionIndex);
        }
    }

    record UpdateTable(
            @Nullable String comment,
            @Nullable Map<String, String> properties,
            @Nullable String owner) {}

    @POST
    public Response create(byte[] body, @Context SecurityContext security) {
        CreateTable wanted = Wire.read(body, CreateTable.class);
        return Wire.ok(Callers.metastore(security)
                .tables()
                .create(
                        Callers.of(security),
                        new Tables.NewTable(
                                Fields.required("catalog_name", wanted.catalogName()),
                                Fields.required("schema_name", wanted.schemaName()),
                                Fields.required("name", wanted.name()),
                                tableType(Fields.required("table_type", wanted.tableType())),
                                Fields.required("data_source_format", wanted.dataSourceFormat())
                                        .toUpperCase(Locale.ROOT),
                                WireColumn.all(Fields.orEmpty(wanted.columns())),
                                wanted.storageLocation(),
                                wanted.comment(),
                                Fields.orEmpty(wanted.properties())))
                .body());
    }

    @GET
    public Response list(
            @QueryParam("catalog_name") @Nullable String catalogName,
            @QueryParam("schema_name") @Nullable String schemaName,
            @QueryParam("max_results") @Nullable String maxResults,
            @QueryParam("page_token") @Nullable String pageToken,
            @QueryParam("omit_columns") @DefaultValue("false") boolean omitColumns,
            @QueryParam("omit_properties") @DefaultValue("false") boolean omitProperties,
            @Context SecurityContext security) {
        Page<TableNode> page = Callers.metastore(security)
                .tables()
                .list(
                        Callers.of(security),
                        SchemaName.of(
                                Fields.required("catalog_name", catalogName),
                                Fields.required("schema_name", schemaName)),
                        Fields.page(maxResults, pageToken));
        return Wire.page(
                "tables",
                page.items().stream()
                        .map(table -> reduced(table.body(), omitColumns, omitProperties))
                        .toList(),
                page.nextToken());
    }

    private static byte[] reduced(byte[] body, boolean omitColumns, boolean omitProperties) {
        if (!omitColumns && !omitProperties) return body;
        var tree = Wire.tree(body);
        if (omitColumns) tree.putArray("columns");
        if (omitProperties) tree.putObject("properties");
        return tree.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Nearly all of these are answered by {@code HotTableRoute} before they come here. */
    @GET
    @Path("{full_name}")
    public Response get(@PathParam("full_name") String fullName, @Context SecurityContext security) {
        return Wire.ok(Callers.metastore(security)
                .tables()
                .get(Callers.of(security), TableName.parse(fullName))
                .body());
    }

    @PATCH
    @Path("{full_name}")
    public Response update(@PathParam("full_name") String fullName, byte[] body, @Context SecurityContext security) {
        UpdateTable wanted = Wire.read(body, UpdateTable.class);
        return Wire.ok(Callers.metastore(security)
                .tables()
                .update(
                        Callers.of(security),
                        TableName.parse(fullName),
                        new Tables.Patch(wanted.comment(), wanted.properties(), wanted.owner()))
                .body());
    }

    /** For callers who may know: whoever may not see the table is told that it does not exist. */
    @GET
    @Path("{full_name}/exists")
    public Response exists(@PathParam("full_name") String fullName, @Context SecurityContext security) {
        boolean exists =
                Callers.metastore(security).tables().isVisible(Callers.of(security), TableName.parse(fullName));
        return Wire.ok(Wire.object().put("table_exists", exists));
    }

    @DELETE
    @Path("{full_name}")
    public Response delete(@PathParam("full_name") String fullName, @Context SecurityContext security) {
        Callers.metastore(security).tables().delete(Callers.of(security), TableName.parse(fullName));
        return Wire.deleted();
    }

    private static TableType tableType(String text) {
        for (TableType type : TableType.values()) if (type.name().equalsIgnoreCase(text)) return type;
        throw Failure.unsupported("Tables of type %s are not served yet. Use EXTERNAL.", text);
    }
}
