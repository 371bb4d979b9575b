package io.sluice.sharing.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.sharing.PageRequest;
import io.sluice.sharing.query.ShareListing;
import io.sluice.sharing.recipient.Recipient;
import io.sluice.sharing.share.ListedTable;
import io.sluice.sharing.share.ShareName;
import io.sluice.sharing.wire.ProtocolJson;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The lists of the sharing protocol. */
@Path("/delta-sharing/shares")
@Produces(MediaType.APPLICATION_JSON)
public final class ShareListResource {
    private final RecipientDoor door;
    private final ShareListing listing;

    public ShareListResource(RecipientDoor door, ShareListing listing) {
        this.door = door;
        this.listing = listing;
    }

    /** Who asks, and for which page. */
    public static final class Asked {
        @HeaderParam(HttpHeaders.AUTHORIZATION)
        Optional<String> authorization = Optional.empty();

        @QueryParam("maxResults")
        Optional<String> maxResults = Optional.empty();

        @QueryParam("pageToken")
        Optional<String> pageToken = Optional.empty();

        @Context
        @Nullable
        RoutingContext routing;

        RoutingContext routing() {
            return Objects.requireNonNull(routing, "set by the framework");
        }

        PageRequest page() {
            return PageRequest.ofProtocol(maxResults, pageToken);
        }
    }

    @GET
    public ObjectNode shares(@BeanParam Asked asked) {
        Recipient recipient = recipient(asked);
        return ProtocolJson.page(listing.shares(recipient, asked.page()), ProtocolJson::share);
    }

    @GET
    @Path("/{share}")
    public ObjectNode share(@BeanParam Asked asked, @PathParam("share") String share) {
        return ProtocolJson.wrappedShare(listing.share(recipient(asked), ShareName.of(share)));
    }

    @GET
    @Path("/{share}/schemas")
    public ObjectNode schemas(@BeanParam Asked asked, @PathParam("share") String share) {
        Recipient recipient = recipient(asked);
        ShareName name = ShareName.of(share);
        return ProtocolJson.page(listing.schemas(recipient, name, asked.page()), ProtocolJson.schemaOf(name));
    }

    @GET
    @Path("/{share}/schemas/{schema}/tables")
    public ObjectNode tables(
            @BeanParam Asked asked, @PathParam("share") String share, @PathParam("schema") String schema) {
        Recipient recipient = recipient(asked);
        return ProtocolJson.page(
                listing.tables(recipient, ShareName.of(share), schema, asked.page()), table(recipient));
    }

    @GET
    @Path("/{share}/all-tables")
    public ObjectNode allTables(@BeanParam Asked asked, @PathParam("share") String share) {
        Recipient recipient = recipient(asked);
        return ProtocolJson.page(listing.allTables(recipient, ShareName.of(share), asked.page()), table(recipient));
    }

    private Function<ListedTable, ObjectNode> table(Recipient recipient) {
        return table -> ProtocolJson.table(table, listing.folder(recipient, table));
    }

    private Recipient recipient(Asked asked) {
        return door.enter(asked.authorization, asked.routing());
    }
}
