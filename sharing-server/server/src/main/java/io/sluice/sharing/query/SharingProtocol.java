package io.sluice.sharing.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.model.failure.Failure;
import io.sluice.sharing.files.DeliveryLog;
import io.sluice.sharing.files.FileUrls;
import io.sluice.sharing.recipient.Recipient;
import io.sluice.sharing.wire.Capabilities;
import io.sluice.sharing.wire.Capabilities.FileIds;
import io.sluice.sharing.wire.NdjsonAnswer;
import io.sluice.sharing.wire.ParquetLines;
import io.sluice.sharing.wire.QueryRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers the protocol's questions about one table: version, metadata, query. Everything that can fail before the
 * first byte fails here, by exception; the lines themselves are made while they are written.
 */
public final class SharingProtocol {
    private final ShareListing listing;
    private final TableRoutes routes;
    private final FileUrls urls;
    private final DeliveryLog log;

    public SharingProtocol(ShareListing listing, TableRoutes routes, FileUrls urls, DeliveryLog log) {
        this.listing = listing;
        this.routes = routes;
        this.urls = urls;
        this.log = log;
    }

    public long version(Recipient recipient, TableAddress address, Optional<String> startingTimestamp) {
        ShareListing.FoundTable found = listing.find(recipient, address);
        if (startingTimestamp.isPresent()) throw historyNotShared(address);
        return routes.route(recipient, found.table()).version();
    }

    /** Exactly two lines. */
    public TableAnswer metadata(
            Recipient recipient,
            TableAddress address,
            Capabilities capabilities,
            Optional<String> version,
            Optional<String> timestamp) {
        ShareListing.FoundTable found = listing.find(recipient, address);
        if (version.isPresent() && timestamp.isPresent())
            throw Failure.invalid("Please only provide one of: version/timestamp.");
        if (version.isPresent() || timestamp.isPresent()) throw historyNotShared(address);
        RoutedTable routed = routed(recipient, address, found);
        NdjsonAnswer body = NdjsonAnswer.of(header(routed));
        return new TableAnswer(headers(routed, capabilities, false), body);
    }

    public TableAnswer query(
            Recipient recipient, TableAddress address, Capabilities capabilities, QueryRequest request) {
        ShareListing.FoundTable found = listing.find(recipient, address);
        if (request.asksOldRows()) throw historyNotShared(address);
        if (capabilities.asynchronous() && !request.hasIdempotencyKey())
            throw Failure.invalid("asyncquery needs an idempotencyKey in the body. Send one, or leave asyncquery out.");
        RoutedTable routed = routed(recipient, address, found);
        // Decided once, here: an unasked-for last line breaks the Python client, a missing one the Spark client.
        boolean endsStream = capabilities.endsStream() || request.wantsRefreshToken();
        FileUrls.Batch batch = urls.begin(new FileUrls.Origin(
                recipient.id(), found.share().share().id(), routed.place(), routed.opened(), routed.keys()));
        FileLines lines = new FileLines(
                FileSelection.of(routed.snapshot().files(), request),
                batch,
                capabilities.fileIds().orElse(FileIds.PARQUET),
                endsStream ? Optional.of(ParquetLines.endStreamAction(batch.expiresAt())) : Optional.empty());
        NdjsonAnswer body =
                new NdjsonAnswer(header(routed), lines, isWhole -> log.listed(lines.listed(routed.version(), isWhole)));
        return new TableAnswer(headers(routed, capabilities, endsStream), body);
    }

    /** For the change data feed and everything else that needs old versions. */
    public Failure changesNotShared(Recipient recipient, TableAddress address) {
        listing.find(recipient, address);
        return Failure.unsupported(
                "cdf is not enabled on table %s: its history is not shared. Query the table instead.", address);
    }

    private RoutedTable routed(Recipient recipient, TableAddress address, ShareListing.FoundTable found) {
        RoutedTable routed = routes.route(recipient, found.table());
        PlainTables.require(address, routed.snapshot());
        return routed;
    }

    private static List<ObjectNode> header(RoutedTable routed) {
        return List.of(ParquetLines.protocol(), ParquetLines.metadata(routed.snapshot()));
    }

    private static Map<String, String> headers(RoutedTable routed, Capabilities capabilities, boolean endsStream) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", NdjsonAnswer.CONTENT_TYPE);
        headers.put(TableAnswer.VERSION_HEADER, Long.toString(routed.version()));
        headers.put(Capabilities.HEADER, capabilities.answered(endsStream));
        capabilities.fileIds().ifPresent(ids -> headers.put(Capabilities.FILE_ID_HEADER, ids.wireName()));
        return headers;
    }

    private static Failure historyNotShared(TableAddress address) {
        return Failure.unsupported(
                "Reading table by version or timestamp is not supported because history sharing is not enabled on "
                        + "table: %s. Read the newest version.",
                address);
    }
}
