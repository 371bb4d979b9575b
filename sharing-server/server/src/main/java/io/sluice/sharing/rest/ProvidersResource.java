package io.sluice.sharing.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.sharing.Page;
import io.sluice.sharing.PageRequest;
import io.sluice.sharing.internal.Json;
import io.sluice.sharing.provider.ProviderName;
import io.sluice.sharing.provider.ProviderShares;
import io.sluice.sharing.provider.Providers;
import io.sluice.sharing.wire.ProviderJson;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;

/** Providers in the hosted management API. */
@Path("/api/2.1/unity-catalog/providers")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
public final class ProvidersResource {
    private final Caller caller;
    private final Providers providers;
    private final ProviderShares shares;

    public ProvidersResource(Caller caller, Providers providers, ProviderShares shares) {
        this.caller = caller;
        this.providers = providers;
        this.shares = shares;
    }

    @POST
    public ObjectNode create(byte[] body) {
        return ProviderJson.provider(providers.create(caller.principal(), ProviderJson.newProvider(body)));
    }

    /** Only providers of type DATABRICKS have a global id of their metastore, and there are none of these here. */
    @GET
    public ObjectNode list(
            @QueryParam("data_provider_global_metastore_id") Optional<String> metastore,
            @QueryParam("max_results") Optional<String> maxResults,
            @QueryParam("page_token") Optional<String> token) {
        PageRequest page = PageRequest.ofManagement(maxResults, token);
        boolean isFiltered = metastore.filter(id -> !id.isEmpty()).isPresent();
        String principal = caller.principal();
        return ProviderJson.providers(
                isFiltered ? new Page<>(List.of(), Optional.empty()) : providers.list(principal, page));
    }

    @GET
    @Path("/{name}")
    public ObjectNode get(@PathParam("name") String name) {
        return ProviderJson.provider(providers.get(caller.principal(), ProviderName.of(name)));
    }

    @PATCH
    @Path("/{name}")
    public ObjectNode update(@PathParam("name") String name, byte[] body) {
        return ProviderJson.provider(
                providers.update(caller.principal(), ProviderName.of(name), ProviderJson.patch(body)));
    }

    @DELETE
    @Path("/{name}")
    public ObjectNode delete(@PathParam("name") String name) {
        providers.delete(caller.principal(), ProviderName.of(name));
        return Json.object();
    }

    @GET
    @Path("/{name}/shares")
    public ObjectNode shares(
            @PathParam("name") String name,
            @QueryParam("max_results") Optional<String> maxResults,
            @QueryParam("page_token") Optional<String> token) {
        PageRequest page = PageRequest.ofManagement(maxResults, token);
        return ProviderJson.shares(shares.shares(caller.principal(), ProviderName.of(name), page));
    }
}
