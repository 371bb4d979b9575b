package io.sluice.sharing.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.model.failure.Failure;
import io.sluice.sharing.files.DeliveryLog;
import io.sluice.sharing.files.FileUrls;
import io.sluice.sharing.query.ShareListing.FoundTable;
import io.sluice.sharing.recipient.Recipient;
import io.sluice.sharing.wire.Capabilities;
import io.sluice.sharing.wire.ChangesRequest;
import io.sluice.sharing.wire.NdjsonAnswer;
import io.sluice.sharing.wire.PollRequest;
import io.sluice.sharing.wire.QueryRequest;
import io.sluice.sharing.wire.ResponseFormat;
import io.sluice.sharing.wire.TableLines;
import io.sluice.sharing.wire.Timestamps;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Answers the protocol's questions about one table: version, metadata, query, changes. Everything that can fail before
 * the first byte fails here, by exception; the lines themselves are made while they are written.
 */
public final class SharingProtocol {
    private final ShareListing listing;
    private final TableHome home;
    private final TableRoutes routes;
    private final PastVersions past;
    private final SnapshotAnswers snapshots;
    private final AsyncAnswers async;
    private final ChangeAnswers changes;

    public SharingProtocol(
            ShareListing listing,
            TableHome home,
            TableRoutes routes,
            FileUrls urls,
            QueryTokens tokens,
            AsyncQueries queries,
            DeliveryLog log,
            AnswerBound bound) {
        this.listing = listing;
        this.home = home;
        this.routes = routes;
        this.past = new PastVersions(routes);
        Delivery delivery = new Delivery(urls, tokens, log);
        this.snapshots = new SnapshotAnswers(routes, past, delivery, bound);
        this.async = new AsyncAnswers(queries, snapshots);
        this.changes = new ChangeAnswers(routes, past, delivery, bound);
    }

    /** Who asks for which table, with what client. */
    record Asked(Recipient recipient, TableAddress address, FoundTable found, Capabilities capabilities) {}

    public long version(Recipient recipient, TableAddress address, Optional<String> startingTimestamp) {
        FoundTable found = find(recipient, address);
        if (startingTimestamp.isPresent()) PastVersions.requireHistory(found, address);
        return startingTimestamp
                .map(text -> past.versionFrom(found, address, Timestamps.parse(text)))
                .orElseGet(() -> routes.route(recipient, found).version());
    }

    /** Exactly two lines. */
    public TableAnswer metadata(
            Recipient recipient,
            TableAddress address,
            Capabilities capabilities,
            Optional<String> version,
            Optional<String> timestamp) {
        FoundTable found = find(recipient, address);
        if (version.isPresent() && timestamp.isPresent())
            throw Failure.invalid("Please only provide one of: version/timestamp.");
        if (version.isPresent() || timestamp.isPresent()) PastVersions.requireVersions(found, address);
        RoutedTable routed = version.map(text -> past.at(found, address, number(text)))
                .or(() -> timestamp.map(text -> past.at(found, address, Timestamps.parse(text))))
                .orElseGet(() -> routes.route(recipient, found));
        ResponseFormat format = FormatChoice.of(address, capabilities, routed.snapshot());
        return new TableAnswer(
                Delivery.headers(routed.version(), capabilities, format, false),
                NdjsonAnswer.of(header(routed, found, format)));
    }

    public TableAnswer query(
            Recipient recipient, TableAddress address, Capabilities capabilities, QueryRequest request) {
        Asked asked = new Asked(recipient, address, find(recipient, address), capabilities);
        if (request.startingVersion().isPresent()) return changes.since(asked, request);
        return capabilities.asynchronous() ? async.begin(asked, request) : snapshots.answer(asked, request);
    }

    /** The answer to a query that was sent before. */
    public TableAnswer poll(
            Recipient recipient, TableAddress address, Capabilities capabilities, String queryId, PollRequest request) {
        return async.poll(new Asked(recipient, address, find(recipient, address), capabilities), queryId, request);
    }

    /** The change data feed. */
    public TableAnswer changes(
            Recipient recipient, TableAddress address, Capabilities capabilities, ChangesRequest request) {
        return changes.feed(new Asked(recipient, address, find(recipient, address), capabilities), request);
    }

    /** Found before it is sent on: a pod that does not know the recipient need not trouble another one. */
    private FoundTable find(Recipient recipient, TableAddress address) {
        FoundTable found = listing.find(recipient, address);
        home.enter(found.table().id());
        return found;
    }

    static List<ObjectNode> header(RoutedTable routed, FoundTable found, ResponseFormat format) {
        TableLines lines = TableLines.in(format);
        return List.of(
                lines.protocol(routed.snapshot(), OptionalLong.empty()),
                lines.metadata(
                        routed.snapshot(),
                        new TableLines.Told(
                                OptionalLong.empty(), found.history().isShared(), found.folder())));
    }

    private static long number(String text) {
        try {
            long version = Long.parseLong(text.trim());
            if (version < 0) throw Failure.invalid("version is %d. It cannot be negative.", version);
            return version;
        } catch (NumberFormatException e) {
            throw Failure.invalid("version is \"%s\". Write a whole number.", text);
        }
    }
}
