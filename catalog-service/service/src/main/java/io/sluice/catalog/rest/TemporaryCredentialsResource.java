package io.sluice.catalog.rest;

import io.sluice.catalog.access.Caller;
import io.sluice.catalog.govern.Governance;
import io.sluice.catalog.govern.Tables;
import io.sluice.model.failure.Failure;
import io.sluice.model.grant.Privilege;
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

@Path("/api/2.1/unity-catalog/temporary-table-credentials")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public final class TemporaryCredentialsResource {
    private final Tables tables;

    public TemporaryCredentialsResource(Governance governance) {
        this.tables = governance.tables();
    }

    record Request(@Nullable String tableId, @Nullable String operation) {}

    @POST
    public Response forTable(byte[] body, @Context SecurityContext security) {
        Request request = Wire.read(body, Request.class);
        Privilege privilege = privilege(Fields.required("operation", request.operation()));
        TableName name = tables.nameOf(Fields.required("table_id", request.tableId()));
        Caller caller = Callers.of(security);
        Tables.Usable usable = tables.use(caller, name, privilege);

        if (usable.keyScope().isPresent())
            throw Failure.denied(
                    "Table %s is sealed under the key of %s: its files are ciphertext, so storage credentials would be"
                            + " of no use and would outlive a revocation. Read it through a share.",
                    name, usable.keyScope().get());
        String location = usable.table().location();
        if (!location.startsWith("file:"))
            throw Failure.unsupported(
                    "Credentials for %s are not vended yet; only file: locations are. Read the table through a share.",
                    location.split(":", 2)[0]);
        return Wire.ok(forLocalFiles(location));
    }

    /** A local file needs no credentials: all of them are null, and the status is 200. */
    private static Object forLocalFiles(String location) {
        return Wire.object()
                .putNull("aws_temp_credentials")
                .putNull("azure_user_delegation_sas")
                .putNull("gcp_oauth_token")
                .putNull("expiration_time")
                .put("url", location);
    }

    private static Privilege privilege(String operation) {
        return switch (operation) {
            case "READ" -> Privilege.SELECT;
            case "READ_WRITE" -> Privilege.MODIFY;
            default -> throw Failure.invalid("The operation is \"%s\". Use READ or READ_WRITE.", operation);
        };
    }
}
