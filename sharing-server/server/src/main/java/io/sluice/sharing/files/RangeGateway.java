package io.sluice.sharing.files;

import io.sluice.crypto.seal.CorruptObjectException;
import io.sluice.crypto.seal.KeyRevokedException;
import io.sluice.crypto.seal.KeyUnavailableException;
import io.sluice.lake.store.ByteRange;
import io.sluice.lake.store.ObjectNotFoundException;
import io.sluice.model.failure.Failure;
import io.sluice.sharing.internal.Digests;
import io.sluice.sharing.share.LiveDirectory;
import io.sluice.sharing.wire.SharingErrors;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Serves the bytes behind our file URLs, sealed ones in plain. The token says what may be read; whether it still may
 * is asked anew: the grant at the beginning, the keys before each segment. Calls block on the object store. Safe for
 * many threads.
 */
public final class RangeGateway {
    private static final System.Logger LOG = System.getLogger(RangeGateway.class.getName());

    private final FileTokens tokens;
    private final OpenTables tables;
    private final KeyGate gate;
    private final LiveDirectory directory;
    private final DeliveryLog log;
    private final OpenStreams streams;
    private final Clock clock;

    public RangeGateway(
            FileTokens tokens,
            OpenTables tables,
            KeyGate gate,
            LiveDirectory directory,
            DeliveryLog log,
            OpenStreams streams,
            Clock clock) {
        this.tokens = tokens;
        this.tables = tables;
        this.gate = gate;
        this.directory = directory;
        this.log = log;
        this.streams = streams;
        this.clock = clock;
    }

    /** Answers errors too: with a short JSON body, which no reader takes for Parquet. */
    public GatewayAnswer answer(GatewayRequest request) {
        try {
            FileGrant grant = tokens.verify(request.token());
            requireStanding(grant, request.client());
            return answer(request, grant);
        } catch (Failure | KeyRevokedException | KeyUnavailableException e) {
            return error(request, e);
        } catch (ObjectNotFoundException e) {
            return error(
                    request,
                    Failure.notFound(
                            Failure.Subject.ANYTHING,
                            "The file is no longer there; it was removed from the table. Query the table again."));
        } catch (CorruptObjectException e) {
            return error(request, new IllegalStateException("a shared file is damaged", e));
        } catch (IOException e) {
            return error(request, Failure.unavailable(e, "The file cannot be read just now. Try again in a moment."));
        }
    }

    private void requireStanding(FileGrant grant, InetAddress client) {
        if (!clock.instant().isBefore(grant.expiresAt()))
            throw Failure.denied(
                    "This file URL expired at %s. Query the table again for fresh URLs.", grant.expiresAt());
        if (!directory.current().mayRead(grant.recipient(), grant.share(), grant.objectId()))
            throw Failure.denied("The table is no longer shared with you. Ask the provider.");
        directory
                .current()
                .recipient(grant.recipient())
                .ifPresent(recipient -> recipient.admission().addresses().require(client));
        requireKeys(grant);
    }

    private void requireKeys(FileGrant grant) {
        for (KeyEpoch key : grant.keys()) key.requireCurrent(gate);
    }

    private GatewayAnswer answer(GatewayRequest request, FileGrant grant) throws IOException {
        String etag = etag(grant);
        if (request.method() == GatewayRequest.Method.HEAD)
            return new GatewayAnswer(200, headers(etag, grant.size()), GatewayBody.EMPTY);
        boolean rangeApplies = request.ifRange().map(etag::equals).orElse(true);
        RequestedRange range =
                rangeApplies ? RequestedRange.of(request.range(), grant.size()) : new RequestedRange.Whole();
        if (range instanceof RequestedRange.Outside) return outside(etag, grant.size());
        if (range instanceof RequestedRange.Part part) {
            Map<String, String> headers = headers(etag, part.length());
            headers.put("Content-Range", part.contentRange(grant.size()));
            return new GatewayAnswer(206, headers, body(grant, part));
        }
        GatewayBody whole =
                grant.size() == 0 ? GatewayBody.EMPTY : body(grant, new RequestedRange.Part(0, grant.size()));
        return new GatewayAnswer(200, headers(etag, grant.size()), whole);
    }

    private GatewayBody body(FileGrant grant, RequestedRange.Part part) throws IOException {
        InputStream source =
                tables.open(grant.table()).store().read(grant.key(), ByteRange.of(part.offset(), part.length()));
        GatewayBody body =
                SegmentedBody.begin(source, part.length(), () -> requireKeys(grant), given -> ended(grant, given));
        streams.opened(grant.keys());
        return body;
    }

    private void ended(FileGrant grant, long given) {
        streams.closed(grant.keys());
        log.served(new DeliveryLog.Served(
                grant.recipient(),
                grant.share(),
                grant.table().tableId(),
                grant.table().location(),
                grant.key(),
                given));
    }

    private static GatewayAnswer outside(String etag, long size) {
        Map<String, String> headers = headers(etag, 0);
        headers.put("Content-Range", "bytes */" + size);
        return new GatewayAnswer(416, headers, GatewayBody.EMPTY);
    }

    private static Map<String, String> headers(String etag, long length) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept-Ranges", "bytes");
        headers.put("ETag", etag);
        headers.put("Content-Length", Long.toString(length));
        headers.put("Content-Type", "application/octet-stream");
        headers.put("Cache-Control", "no-store");
        return headers;
    }

    /** Strong, because files of a table never change under their name. */
    private static String etag(FileGrant grant) {
        String identity = grant.table().location() + "\n" + grant.key() + "\n" + grant.size();
        return '"' + Digests.sha256(identity).substring(0, 32) + '"';
    }

    private static GatewayAnswer error(GatewayRequest request, RuntimeException failure) {
        SharingErrors.Answer answer = SharingErrors.of(failure);
        if (answer.status() >= 500)
            LOG.log(
                    System.Logger.Level.WARNING,
                    "[" + request.requestId() + "] a shared file cannot be served",
                    failure);
        byte[] body = answer.body(request.requestId());
        Map<String, String> headers = new HashMap<>(answer.headers());
        headers.put("Content-Length", Integer.toString(body.length));
        headers.put("Cache-Control", "no-store");
        return new GatewayAnswer(answer.status(), headers, GatewayBody.of(body));
    }
}
