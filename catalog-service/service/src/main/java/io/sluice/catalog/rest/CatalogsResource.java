package io.sluice.catalog.rest;

import io.sluice.catalog.govern.Catalogs;
import io.sluice.catalog.govern.Page;
import io.sluice.catalog.snapshot.CatalogNode;
import io.sluice.model.failure.Failure;
import io.sluice.model.name.EntityName;
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
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Path("/api/2.1/unity-catalog/catalogs")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public final class CatalogsResource {
    record CreateCatalog(
            @Nullable String name,
            @Nullable String comment,
            @Nullable Map<String, String> properties,
            @Nullable String storageRoot,
            @Nullable String providerName,
            @Nullable String shareName,
            @Nullable Encryption managedEncryptionSettings) {}

    record Encryption(@Nullable String customerManagedKeyId) {}

    record UpdateCatalog(
            @Nullable String newName,
            @Nullable String comment,
            @Nullable Map<String, String> properties,
            @Nullable String owner) {}

    @POST
    public Response create(byte[] body, @Context SecurityContext security) {
        CreateCatalog wanted = Wire.read(body, CreateCatalog.class);
        if (wanted.providerName() != null || wanted.shareName() != null) return mount(wanted, security);
        Encryption encryption = wanted.managedEncryptionSettings();
        return Wire.ok(Callers.metastore(security)
                .catalogs()
                .create(
                        Callers.of(security),
                        new Catalogs.NewCatalog(
                                Fields.required("name", wanted.name()),
                                wanted.comment(),
                                Fields.orEmpty(wanted.properties()),
                                wanted.storageRoot(),
                                encryption == null ? null : encryption.customerManagedKeyId()))
                .body());
    }

    private static Response mount(CreateCatalog wanted, SecurityContext security) {
        if (wanted.storageRoot() != null || wanted.managedEncryptionSettings() != null)
            throw Failure.invalid("A catalog over a provider's share stores nothing here. Leave storage_root and"
                    + " managed_encryption_settings out.");
        return Wire.ok(Callers.metastore(security)
                .catalogs()
                .mount(
                        Callers.of(security),
                        new Catalogs.NewMount(
                                Fields.required("name", wanted.name()),
                                wanted.comment(),
                                Fields.orEmpty(wanted.properties()),
                                Fields.required("provider_name", wanted.providerName()),
                                Fields.required("share_name", wanted.shareName())))
                .body());
    }

    @GET
    public Response list(
            @QueryParam("max_results") @Nullable String maxResults,
            @QueryParam("page_token") @Nullable String pageToken,
            @Context SecurityContext security) {
        Page<CatalogNode> page =
                Callers.metastore(security).catalogs().list(Callers.of(security), Fields.page(maxResults, pageToken));
        return Wire.page(
                "catalogs", page.items().stream().map(CatalogNode::body).toList(), page.nextToken());
    }

    @GET
    @Path("{name}")
    public Response get(@PathParam("name") String name, @Context SecurityContext security) {
        return Wire.ok(Callers.metastore(security)
                .catalogs()
                .get(Callers.of(security), EntityName.of(name))
                .body());
    }

    @PATCH
    @Path("{name}")
    public Response update(@PathParam("name") String name, byte[] body, @Context SecurityContext security) {
        UpdateCatalog wanted = Wire.read(body, UpdateCatalog.class);
        return Wire.ok(Callers.metastore(security)
                .catalogs()
                .update(
                        Callers.of(security),
                        EntityName.of(name),
                        new Catalogs.Patch(wanted.newName(), wanted.comment(), wanted.properties(), wanted.owner()))
                .body());
    }

    @DELETE
    @Path("{name}")
    public Response delete(
            @PathParam("name") String name,
            @QueryParam("force") @DefaultValue("false") boolean force,
            @Context SecurityContext security) {
        Callers.metastore(security).catalogs().delete(Callers.of(security), EntityName.of(name), force);
        return Wire.deleted();
    }
}
