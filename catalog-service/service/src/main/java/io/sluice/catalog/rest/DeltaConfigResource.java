package io.sluice.catalog.rest;

import io.sluice.model.failure.Failure;
import io.sluice.model.name.EntityName;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What of Delta's API is served, in the version that the client and the server both speak. */
@Path("/api/2.1/unity-catalog/delta/v1/config")
@Produces(MediaType.APPLICATION_JSON)
public final class DeltaConfigResource {
    private static final String VERSION = "1.0";
    private static final Pattern VERSIONS = Pattern.compile("\\s*\\d+\\.\\d+\\s*(,\\s*\\d+\\.\\d+\\s*)*");
    private static final String TABLES = "/v1/catalogs/{catalog}/schemas/{schema}/tables";
    private static final List<String> ENDPOINTS = List.of(
            "POST /v1/catalogs/{catalog}/schemas/{schema}/staging-tables",
            "POST " + TABLES,
            "GET " + TABLES + "/{table}",
            "POST " + TABLES + "/{table}",
            "DELETE " + TABLES + "/{table}",
            "HEAD " + TABLES + "/{table}",
            "POST " + TABLES + "/{table}/rename",
            "GET " + TABLES + "/{table}/credentials",
            "POST " + TABLES + "/{table}/metrics",
            "GET /v1/staging-tables/{table_id}/credentials",
            "GET /v1/temporary-path-credentials");

    record CatalogConfig(List<String> endpoints, String protocolVersion) {}

    @GET
    public Response config(
            @QueryParam("catalog") @Nullable String catalog,
            @QueryParam("protocol-versions") @Nullable String protocolVersions,
            @Context SecurityContext security) {
        Callers.metastore(security)
                .catalogs()
                .get(Callers.of(security), EntityName.of(Fields.required("catalog", catalog)));
        requireCommon(Fields.required("protocol-versions", protocolVersions));
        return Wire.okKebab(new CatalogConfig(ENDPOINTS, VERSION));
    }

    /** Clients name the highest version of each line that they speak, so any of line 1 includes 1.0. */
    private static void requireCommon(String versions) {
        if (!VERSIONS.matcher(versions).matches())
            throw Failure.invalid(
                    "The parameter protocol-versions is \"%s\". List versions such as 1.0 or 1.1,2.0.", versions);
        for (String version : versions.split(",")) if (version.strip().startsWith("1.")) return;
        throw Failure.invalid(
                "The client speaks the versions %s of the protocol and the server %s. Use a client for %s.",
                versions, VERSION, VERSION);
    }
}
