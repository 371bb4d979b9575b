package io.sluice.catalog.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.catalog.govern.Assets.Draft;
import io.sluice.catalog.govern.Assets.Key;
import io.sluice.model.failure.Failure;
import io.sluice.model.grant.SecurableType;
import io.sluice.model.name.EntityName;
import io.sluice.model.name.SchemaName;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
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

/** Functions are kept and handed out as they were described; running them is the engines' business. */
@Path("/api/2.1/unity-catalog/functions")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public final class FunctionsResource {
    private static final List<String> REQUIRED = List.of(
            "data_type",
            "full_data_type",
            "routine_body",
            "routine_definition",
            "parameter_style",
            "is_deterministic",
            "sql_data_access",
            "is_null_call",
            "security_type",
            "specific_name");
    private static final List<String> OPTIONAL =
            List.of("input_params", "return_params", "routine_dependencies", "external_language", "properties");

    record CreateFunction(@Nullable JsonNode functionInfo) {}

    @POST
    public Response create(byte[] body, @Context SecurityContext security) {
        JsonNode wanted = Fields.required(
                "function_info", Wire.read(body, CreateFunction.class).functionInfo());
        Key key = new Key(
                SecurableType.FUNCTION,
                SchemaName.of(text(wanted, "catalog_name"), text(wanted, "schema_name")),
                EntityName.of(text(wanted, "name")));
        String comment = wanted.path("comment").asText(null);
        return Wire.ok(Callers.metastore(security)
                .assets()
                .create(Callers.of(security), key, new Draft(null, comment, definition(wanted)))
                .body());
    }

    private static ObjectNode definition(JsonNode wanted) {
        ObjectNode definition = Wire.object();
        for (String field : REQUIRED) {
            JsonNode value = wanted.path(field);
            if (value.isMissingNode() || value.isNull())
                throw Failure.invalid("The field \"function_info.%s\" is missing. Give it a value.", field);
            definition.set(field, value);
        }
        for (String field : OPTIONAL) {
            JsonNode value = wanted.get(field);
            if (value == null) definition.putNull(field);
            else definition.set(field, value);
        }
        return definition;
    }

    @GET
    public Response list(
            @QueryParam("catalog_name") @Nullable String catalogName,
            @QueryParam("schema_name") @Nullable String schemaName,
            @QueryParam("max_results") @Nullable String maxResults,
            @QueryParam("page_token") @Nullable String pageToken,
            @Context SecurityContext security) {
        return Wire.assets(
                "functions",
                Callers.metastore(security)
                        .assets()
                        .list(
                                Callers.of(security),
                                SecurableType.FUNCTION,
                                SchemaName.of(
                                        Fields.required("catalog_name", catalogName),
                                        Fields.required("schema_name", schemaName)),
                                Fields.page(maxResults, pageToken)));
    }

    @GET
    @Path("{full_name}")
    public Response get(@PathParam("full_name") String fullName, @Context SecurityContext security) {
        return Wire.ok(Callers.metastore(security)
                .assets()
                .get(Callers.of(security), Key.parse(SecurableType.FUNCTION, fullName))
                .body());
    }

    @DELETE
    @Path("{full_name}")
    public Response delete(@PathParam("full_name") String fullName, @Context SecurityContext security) {
        Callers.metastore(security).assets().delete(Callers.of(security), Key.parse(SecurableType.FUNCTION, fullName));
        return Wire.deleted();
    }

    private static String text(JsonNode wanted, String field) {
        return Fields.required("function_info." + field, wanted.path(field).asText(null));
    }
}
