package io.sluice.server.api;

import io.sluice.catalog.access.Caller;
import io.sluice.catalog.govern.Governance;
import io.sluice.catalog.govern.Tables;
import io.sluice.catalog.rest.Callers;
import io.sluice.catalog.rest.Wire;
import io.sluice.lake.table.TableFormat;
import io.sluice.model.failure.Failure;
import io.sluice.model.grant.Privilege;
import io.sluice.model.name.TableName;
import io.sluice.replica.Replica;
import io.sluice.replica.ReplicaKind;
import io.sluice.replica.ReplicaRequest;
import io.sluice.replica.Replicas;
import io.sluice.server.wiring.CatalogTables;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Path("/api/1.0/sluice/replicas")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public final class ReplicasResource {
    private final Replicas replicas;
    private final Governance governance;

    public ReplicasResource(Replicas replicas, Governance governance) {
        this.replicas = replicas;
        this.governance = governance;
    }

    record NewReplica(
            @Nullable String name,
            @Nullable String sourceTable,
            @Nullable String targetLocation,
            @Nullable String kind,
            @Nullable String producer) {}

    record ReplicaList(List<ReplicaWire.Status> replicas) {}

    @POST
    public Response create(byte[] body, @Context SecurityContext security) {
        Caller caller = admin(security);
        NewReplica wanted = Wire.read(body, NewReplica.class);
        TableName source = TableName.parse(required("source_table", wanted.sourceTable()));
        Tables.Usable table = governance.tables().use(caller, source, Privilege.SELECT);
        if (CatalogTables.format(table.table()) != TableFormat.DELTA)
            throw Failure.unsupported(
                    "Table %s has the format %s; only Delta tables are replicated. Share it from where it is.",
                    source, table.table().format());
        Replica replica = replicas.define(new ReplicaRequest(
                required("name", wanted.name()),
                source,
                table.table().id(),
                URI.create(table.table().location()),
                location(required("target_location", wanted.targetLocation())),
                ReplicaKind.parse(wanted.kind() == null ? "squash" : wanted.kind()),
                // The catalog is the data product's home: whoever runs it holds the lever that its bytes depend on.
                wanted.producer() == null ? source.catalog().value() : wanted.producer()));
        return Wire.ok(ReplicaWire.status(replicas.status(replica.name())));
    }

    @GET
    public Response list(@Context SecurityContext security) {
        admin(security);
        return Wire.ok(new ReplicaList(replicas.list().stream()
                .map(replica -> ReplicaWire.status(replicas.status(replica.name())))
                .toList()));
    }

    @GET
    @Path("{name}")
    public Response status(@PathParam("name") String name, @Context SecurityContext security) {
        admin(security);
        return Wire.ok(ReplicaWire.status(replicas.status(name)));
    }

    @POST
    @Path("{name}/plan")
    public Response plan(@PathParam("name") String name, @Context SecurityContext security) {
        admin(security);
        return Wire.ok(ReplicaWire.plan(replicas.get(name), replicas.plan(name)));
    }

    @POST
    @Path("{name}/sync")
    public Response sync(@PathParam("name") String name, @Context SecurityContext security) {
        admin(security);
        return Wire.ok(ReplicaWire.outcome(replicas.get(name), replicas.sync(name)));
    }

    /** Forgets the replica; its files and its receipts stay. */
    @DELETE
    @Path("{name}")
    public Response drop(@PathParam("name") String name, @Context SecurityContext security) {
        admin(security);
        replicas.drop(name);
        return Wire.ok(Wire.object());
    }

    private Caller admin(SecurityContext security) {
        Caller caller = Callers.of(security);
        governance.principals().requireAdmin(caller, "manage replicas");
        return caller;
    }

    private static String required(String field, @Nullable String value) {
        if (value == null) throw Failure.invalid("The field \"%s\" is missing. Give it a value.", field);
        return value;
    }

    private static URI location(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw Failure.invalid("The target_location \"%s\" is not a URL.", text);
        }
    }
}
