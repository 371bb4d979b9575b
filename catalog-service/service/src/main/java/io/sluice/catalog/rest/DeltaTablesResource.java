package io.sluice.catalog.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.catalog.access.Caller;
import io.sluice.catalog.commits.DeltaAlone;
import io.sluice.catalog.commits.DeltaSchema;
import io.sluice.catalog.commits.NewDelta;
import io.sluice.catalog.commits.Partitions;
import io.sluice.catalog.govern.DeltaTables;
import io.sluice.catalog.record.StagingRecord;
import io.sluice.catalog.record.TableRecord.TableType;
import io.sluice.catalog.vending.Access;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.Failure.Subject;
import io.sluice.model.name.TableName;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Delta's API of tables: each together with its versions, and changed together with a commit. */
@Path("/api/2.1/unity-catalog/delta/v1/catalogs/{catalog}/schemas/{schema}")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public final class DeltaTablesResource {
    record CreateStagingTable(@Nullable String name) {}

    record CreateTable(
            @Nullable String name,
            @Nullable String location,
            @Nullable TableType tableType,
            @Nullable String comment,
            @Nullable JsonNode columns,
            @Nullable List<String> partitionColumns,
            DeltaParts.@Nullable Protocol protocol,
            @Nullable JsonNode properties,
            @Nullable JsonNode domainMetadata,
            @Nullable Long lastCommitTimestampMs,
            @Nullable JsonNode uniform) {

        NewDelta read() {
            DeltaAlone.requireAbsent(DeltaParts.isPresent(uniform));
            return new NewDelta(
                    Fields.required("table-type", tableType),
                    Fields.required("location", location),
                    comment,
                    Partitions.marked(
                            DeltaSchema.read(Fields.required("columns", columns)), Fields.orEmpty(partitionColumns)),
                    Fields.required("protocol", protocol).read(),
                    DeltaParts.properties("properties", properties),
                    domainMetadata == null || domainMetadata.isNull() ? null : DeltaParts.domains(domainMetadata),
                    Fields.required("last-commit-timestamp-ms", lastCommitTimestampMs));
        }
    }

    record RenameTable(@Nullable String newName) {}

    record ReportMetrics(@Nullable String tableId) {}

    @POST
    @Path("staging-tables")
    public Response stage(
            @PathParam("catalog") String catalog,
            @PathParam("schema") String schema,
            byte[] body,
            @Context SecurityContext security) {
        Caller caller = Callers.of(security);
        String name = Fields.required(
                "name", Wire.readKebab(body, CreateStagingTable.class).name());
        StagingRecord staged =
                Callers.metastore(security).managedTables().stage(caller, TableName.of(catalog, schema, name));
        return Wire.okKebab(DeltaAnswers.staged(
                staged, Callers.metastore(security).vending().forStaging(caller, staged.id())));
    }

    @POST
    @Path("tables")
    public Response create(
            @PathParam("catalog") String catalog,
            @PathParam("schema") String schema,
            byte[] body,
            @Context SecurityContext security) {
        CreateTable wanted = Wire.readKebab(body, CreateTable.class);
        TableName name = TableName.of(catalog, schema, Fields.required("name", wanted.name()));
        return answer(Callers.metastore(security).deltaTables().create(Callers.of(security), name, wanted.read()));
    }

    @GET
    @Path("tables/{table}")
    public Response load(
            @PathParam("catalog") String catalog,
            @PathParam("schema") String schema,
            @PathParam("table") String table,
            @Context SecurityContext security) {
        return answer(Callers.metastore(security)
                .deltaTables()
                .load(Callers.of(security), TableName.of(catalog, schema, table)));
    }

    @POST
    @Path("tables/{table}")
    public Response update(
            @PathParam("catalog") String catalog,
            @PathParam("schema") String schema,
            @PathParam("table") String table,
            byte[] body,
            @Context SecurityContext security) {
        DeltaUpdateRequest wanted = Wire.readKebab(body, DeltaUpdateRequest.class);
        TableName name = TableName.of(catalog, schema, table);
        return answer(Callers.metastore(security)
                .deltaTables()
                .update(Callers.of(security), name, wanted.tableId(), wanted.update()));
    }

    private static Response answer(DeltaTables.Loaded loaded) {
        return Wire.okKebab(DeltaAnswers.loaded(loaded));
    }

    /** Whoever may not see the table is told that it does not exist. */
    @HEAD
    @Path("tables/{table}")
    public Response exists(
            @PathParam("catalog") String catalog,
            @PathParam("schema") String schema,
            @PathParam("table") String table,
            @Context SecurityContext security) {
        TableName name = TableName.of(catalog, schema, table);
        if (!Callers.metastore(security).tables().isVisible(Callers.of(security), name))
            throw Failure.notFound(Subject.TABLE, "Table %s does not exist.", name);
        return Response.noContent().build();
    }

    @DELETE
    @Path("tables/{table}")
    public Response delete(
            @PathParam("catalog") String catalog,
            @PathParam("schema") String schema,
            @PathParam("table") String table,
            @Context SecurityContext security) {
        Callers.metastore(security).tables().delete(Callers.of(security), TableName.of(catalog, schema, table));
        return Response.noContent().build();
    }

    @POST
    @Path("tables/{table}/rename")
    public Response rename(
            @PathParam("catalog") String catalog,
            @PathParam("schema") String schema,
            @PathParam("table") String table,
            byte[] body,
            @Context SecurityContext security) {
        String next = Fields.required(
                "new-name", Wire.readKebab(body, RenameTable.class).newName());
        Callers.metastore(security)
                .deltaTables()
                .rename(
                        Callers.of(security),
                        TableName.of(catalog, schema, table),
                        TableName.of(catalog, schema, next));
        return Response.noContent().build();
    }

    @GET
    @Path("tables/{table}/credentials")
    public Response credentials(
            @PathParam("catalog") String catalog,
            @PathParam("schema") String schema,
            @PathParam("table") String table,
            @QueryParam("operation") @Nullable String operation,
            @Context SecurityContext security) {
        Access access = DeltaCredentialsResource.access(operation);
        TableName name = TableName.of(catalog, schema, table);
        return DeltaCredentialsResource.answer(
                Callers.metastore(security).vending().forTable(Callers.of(security), name, access), access);
    }

    /** Writers tell how large their commits were. The log of the table tells the same, so nothing is kept here. */
    @POST
    @Path("tables/{table}/metrics")
    public Response reportMetrics(
            @PathParam("catalog") String catalog,
            @PathParam("schema") String schema,
            @PathParam("table") String table,
            byte[] body,
            @Context SecurityContext security) {
        String id = DeltaParts.uuid(
                "table-id", Wire.readKebab(body, ReportMetrics.class).tableId());
        Callers.metastore(security)
                .deltaTables()
                .requireWritable(Callers.of(security), TableName.of(catalog, schema, table), id);
        return Response.noContent().build();
    }
}
