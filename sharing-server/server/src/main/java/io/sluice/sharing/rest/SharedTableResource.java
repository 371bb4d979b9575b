package io.sluice.sharing.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.sharing.query.FolderAccess;
import io.sluice.sharing.query.ShareListing;
import io.sluice.sharing.query.SharingProtocol;
import io.sluice.sharing.query.TableAddress;
import io.sluice.sharing.query.TableAnswer;
import io.sluice.sharing.recipient.Recipient;
import io.sluice.sharing.share.ListedTable;
import io.sluice.sharing.wire.AssetJson;
import io.sluice.sharing.wire.Capabilities;
import io.sluice.sharing.wire.ChangesRequest;
import io.sluice.sharing.wire.FolderRequest;
import io.sluice.sharing.wire.PollRequest;
import io.sluice.sharing.wire.ProtocolJson;
import io.sluice.sharing.wire.QueryRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One table in the sharing protocol. */
@Path("/delta-sharing/shares/{share}/schemas/{schema}/tables/{table}")
@Consumes(MediaType.WILDCARD)
public final class SharedTableResource {
    private static final Logger LOG = Logger.getLogger(SharedTableResource.class);

    private final RecipientDoor door;
    private final ShareListing listing;
    private final SharingProtocol protocol;
    private final FolderAccess folders;

    public SharedTableResource(
            RecipientDoor door, ShareListing listing, SharingProtocol protocol, FolderAccess folders) {
        this.door = door;
        this.listing = listing;
        this.protocol = protocol;
        this.folders = folders;
    }

    /** Who asks, for which table, and what their client can take. */
    public static final class Asked {
        @HeaderParam(HttpHeaders.AUTHORIZATION)
        Optional<String> authorization = Optional.empty();

        @HeaderParam(Capabilities.HEADER)
        Optional<String> capabilities = Optional.empty();

        @HeaderParam(Capabilities.FILE_ID_HEADER)
        Optional<String> fileIdHash = Optional.empty();

        @Context
        @Nullable
        RoutingContext routing;

        @PathParam("share")
        String share = "";

        @PathParam("schema")
        String schema = "";

        @PathParam("table")
        String table = "";

        RoutingContext routing() {
            return Objects.requireNonNull(routing, "set by the framework");
        }

        TableAddress address() {
            return TableAddress.of(share, schema, table);
        }

        Capabilities capabilities() {
            return Capabilities.parse(capabilities, fileIdHash);
        }
    }

    /** What the table is, as OpenSharing asks it. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public ObjectNode table(@BeanParam Asked asked) {
        Recipient recipient = recipient(asked);
        ListedTable table = listing.table(recipient, asked.address());
        return ProtocolJson.describedTable(table, listing.folder(recipient, table));
    }

    @GET
    @Path("/version")
    public Response version(
            @BeanParam Asked asked, @QueryParam("startingTimestamp") Optional<String> startingTimestamp) {
        Recipient recipient = recipient(asked);
        long version = protocol.version(recipient, asked.address(), startingTimestamp);
        return Response.ok()
                .header(TableAnswer.VERSION_HEADER, Long.toString(version))
                .build();
    }

    /** As old clients ask for the version. */
    @HEAD
    public Response legacyVersion(
            @BeanParam Asked asked, @QueryParam("startingTimestamp") Optional<String> startingTimestamp) {
        return version(asked, startingTimestamp);
    }

    @GET
    @Path("/metadata")
    public Response metadata(
            @BeanParam Asked asked,
            @QueryParam("version") Optional<String> version,
            @QueryParam("timestamp") Optional<String> timestamp) {
        Recipient recipient = recipient(asked);
        return response(asked, protocol.metadata(recipient, asked.address(), asked.capabilities(), version, timestamp));
    }

    @POST
    @Path("/query")
    public Response query(@BeanParam Asked asked, byte[] body) {
        Recipient recipient = recipient(asked);
        QueryRequest request = QueryRequest.parse(body);
        return response(asked, protocol.query(recipient, asked.address(), asked.capabilities(), request));
    }

    @GET
    @Path("/changes")
    public Response changes(@BeanParam Asked asked) {
        Recipient recipient = recipient(asked);
        ChangesRequest request = ChangesRequest.parse(
                name -> asked.routing().queryParam(name).stream().findFirst().filter(text -> !text.isEmpty()));
        return response(asked, protocol.changes(recipient, asked.address(), asked.capabilities(), request));
    }

    @POST
    @Path("/queries/{queryId}")
    public Response poll(@BeanParam Asked asked, @PathParam("queryId") String queryId, byte[] body) {
        Recipient recipient = recipient(asked);
        PollRequest request = PollRequest.parse(body);
        return response(asked, protocol.poll(recipient, asked.address(), asked.capabilities(), queryId, request));
    }

    @POST
    @Path("/temporary-table-credentials")
    public Response temporaryCredentials(@BeanParam Asked asked, byte[] body) {
        Recipient recipient = recipient(asked);
        FolderRequest request = FolderRequest.parse(body);
        return Response.ok(AssetJson.opened(folders.open(recipient, asked.address(), request.location())))
                .header("Cache-Control", "no-store")
                .build();
    }

    private Recipient recipient(Asked asked) {
        return door.enter(asked.authorization, asked.routing());
    }

    private static Response response(Asked asked, TableAnswer answer) {
        RoutingContext routing = asked.routing();
        // JAX-RS would write the media type in its own spelling; clients compare ours letter by letter.
        routing.addHeadersEndHandler(end ->
                answer.headers().forEach((name, value) -> routing.response().putHeader(name, value)));
        StreamingOutput lines = head -> {
            try (PacedOutput paced = new PacedOutput(head, routing.response())) {
                answer.body().writeTo(paced);
            } catch (IOException | RuntimeException e) {
                // The beginning is sent: a body that tells the error would stand in the middle of a line.
                LOG.warnf(e, "an answer broke off: %s", routing.request().path());
                routing.request().connection().close();
                throw e;
            }
        };
        return Response.ok(lines).build();
    }
}
