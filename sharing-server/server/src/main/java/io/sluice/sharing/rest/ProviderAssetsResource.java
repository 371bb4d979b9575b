package io.sluice.sharing.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.sharing.PageRequest;
import io.sluice.sharing.provider.ProviderName;
import io.sluice.sharing.provider.ProviderShares;
import io.sluice.sharing.wire.ProviderJson;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;

/** What is in a provider's share, in the hosted management API. */
@Path("/api/2.1/data-sharing/providers/{provider}/shares/{share}")
@Produces(MediaType.APPLICATION_JSON)
public final class ProviderAssetsResource {
    private final Caller caller;
    private final ProviderShares shares;

    public ProviderAssetsResource(Caller caller, ProviderShares shares) {
        this.caller = caller;
        this.shares = shares;
    }

    /** Limits of other kinds of assets are not asked for: an open share has none of them. */
    @GET
    public ObjectNode assets(
            @PathParam("provider") String provider,
            @PathParam("share") String share,
            @QueryParam("table_max_results") Optional<String> tableMaxResults) {
        int most = PageRequest.limit("table_max_results", tableMaxResults, ProviderShares.MOST_ITEMS);
        return ProviderJson.assets(share, shares.tables(caller.principal(), ProviderName.of(provider), share, most));
    }
}
