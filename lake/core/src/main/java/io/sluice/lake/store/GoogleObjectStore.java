package io.sluice.lake.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.lake.store.GoogleHttp.Again;
import io.sluice.lake.store.TrafficMeter.Request;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;

/**
 * Objects of a bucket in Google Cloud Storage, or below a prefix of it, by the service's JSON interface. Conditional
 * puts are the service's own ({@code ifGenerationMatch=0}). Safe for use by many threads.
 */
public final class GoogleObjectStore implements ObjectStore {
    private static final int PARTIAL = 206;
    private static final int PRECONDITION_FAILED = 412;
    private static final int NO_SUCH_RANGE = 416;

    private final String service;
    private final String bucket;
    private final String prefix;
    private final String bucketsUrl;
    private final GoogleHttp http;
    private final TrafficMeter meter;
    private final GoogleWrites writes;
    private final GoogleSigning signing;
    private final GoogleUrlSigners signers;
    private final GoogleFailures failures;

    private GoogleObjectStore(
            GoogleConnection connection, String bucket, String prefix, int chunkBytes, TrafficMeter meter) {
        String address = connection.address().toString().replaceFirst("/+$", "");
        HttpClient client = GoogleHttp.client(connection.address());
        GoogleTokens machine = new GoogleTokens(client, Clock.systemUTC());
        AccessTokens tokens = machine.of(connection.credentials());
        this.service = "google at " + address;
        this.bucket = bucket;
        this.prefix = prefix;
        this.bucketsUrl = address + "/storage/v1/b/";
        this.meter = meter;
        this.http = new GoogleHttp(client, tokens, meter);
        this.writes = new GoogleWrites(
                http, address + "/upload/storage/v1/b/" + PercentEncoding.query(bucket) + "/o", chunkBytes);
        this.signing = new GoogleSigning(connection.credentials(), client, machine, tokens);
        this.signers = new GoogleUrlSigners(connection.publicAddress(), bucket, prefix);
        this.failures = new GoogleFailures(root());
    }

    /**
     * Opens the store at {@code gs://bucket/folder}. Asks nothing of the service yet.
     *
     * @param folder without slashes at its ends; empty for the whole bucket
     */
    public static GoogleObjectStore open(
            GoogleConnection connection, String bucket, String folder, TrafficMeter meter) {
        return open(connection, bucket, folder, GoogleWrites.CHUNK_BYTES, meter);
    }

    static GoogleObjectStore open(
            GoogleConnection connection, String bucket, String folder, int chunkBytes, TrafficMeter meter) {
        String prefix = folder.isEmpty() ? "" : ObjectKeys.check(folder) + "/";
        return new GoogleObjectStore(connection, bucket, prefix, chunkBytes, meter);
    }

    @Override
    public URI root() {
        String path = prefix.isEmpty() ? "" : "/" + prefix.substring(0, prefix.length() - 1);
        return ObjectKeys.uri("gs", bucket, path);
    }

    @Override
    public Iterator<ObjectInfo> list(String listPrefix, String after) throws IOException {
        String startAfter = after.isEmpty() ? "" : prefix + after;
        String objectsUrl = bucketsUrl + PercentEncoding.query(bucket) + "/o";
        return new GoogleListing(
                http, failures, objectsUrl, prefix, prefix + ObjectKeys.checkPrefix(listPrefix), startAfter);
    }

    @Override
    public Optional<ObjectInfo> head(String key) throws IOException {
        HttpRequest.Builder request = request(url(object(key)) + "?fields=size,updated");
        HttpResponse<InputStream> answer = http.send(Request.HEAD, request.GET(), Again.YES);
        if (answer.statusCode() == 200) return Optional.of(GoogleListing.info(key, GoogleHttp.json(answer)));
        IOException failure = failures.of("head", key, answer);
        if (failure instanceof ObjectNotFoundException) return Optional.empty();
        throw failure;
    }

    @Override
    public InputStream read(String key, ByteRange range) throws IOException {
        if (range.length() == 0) return nothingOf(key);
        HttpRequest.Builder request = request(url(object(key)) + "?alt=media");
        if (!range.equals(ByteRange.ALL)) request.header("Range", header(range));
        HttpResponse<InputStream> answer = http.send(Request.READ, request.GET(), Again.YES);
        if (answer.statusCode() == 200 || answer.statusCode() == PARTIAL) return meter.received(answer.body());
        if (answer.statusCode() != NO_SUCH_RANGE) throw failures.of("read", key, answer);
        answer.body().close();
        return new ByteArrayInputStream(new byte[0]);
    }

    @Override
    public PutOutcome putIfAbsent(String key, Content content) throws IOException {
        HttpResponse<InputStream> answer = writes.put(object(key), content, true);
        if (answer.statusCode() != PRECONDITION_FAILED) return written(key, answer);
        answer.body().close();
        return PutOutcome.EXISTS;
    }

    @Override
    public void put(String key, Content content) throws IOException {
        written(key, writes.put(object(key), content, false));
    }

    @Override
    public void copy(String from, String to) throws IOException {
        copy(new ServiceObject(service, bucket, object(from)), from, object(to));
    }

    @Override
    public boolean copyFrom(ObjectStore other, String from, String to) throws IOException {
        String target = object(to);
        Optional<ServiceObject> source =
                other.onService(from).filter(object -> object.service().equals(service));
        if (source.isEmpty()) return false;
        try {
            copy(source.get(), from, target);
            return true;
        } catch (StoreDeniedException e) {
            // Whoever may write here need not be allowed to read there; the other store has its own credentials.
            return false;
        }
    }

    @Override
    public Optional<ServiceObject> onService(String key) {
        return Optional.of(new ServiceObject(service, bucket, object(key)));
    }

    @Override
    public void delete(String key) throws IOException {
        HttpResponse<InputStream> answer =
                http.send(Request.DELETE, request(url(object(key))).DELETE(), Again.YES);
        if (answer.statusCode() / 100 == 2) {
            answer.body().close();
            return;
        }
        IOException failure = failures.of("delete", key, answer);
        if (!(failure instanceof ObjectNotFoundException)) throw failure;
    }

    @Override
    public Optional<UrlSigner> signer(Instant now, Duration life) throws IOException {
        return Optional.of(signers.at(now, life, signing.signatures()));
    }

    /** Large objects take several requests, of which each goes on where the last has stopped. */
    private void copy(ServiceObject source, String from, String target) throws IOException {
        String url = bucketsUrl + PercentEncoding.query(source.container()) + "/o/"
                + PercentEncoding.query(source.name()) + "/rewriteTo/b/" + PercentEncoding.query(bucket) + "/o/"
                + PercentEncoding.query(target) + "?fields=done,rewriteToken";
        String goOn = "";
        while (true) {
            HttpResponse<InputStream> answer =
                    http.send(Request.PUT, request(url + goOn).POST(BodyPublishers.noBody()), Again.YES);
            if (answer.statusCode() != 200) throw failures.of("copy", from, answer);
            JsonNode rewritten = GoogleHttp.json(answer);
            if (rewritten.path("done").asBoolean()) return;
            goOn = "&rewriteToken="
                    + PercentEncoding.query(rewritten.path("rewriteToken").asText());
        }
    }

    private PutOutcome written(String key, HttpResponse<InputStream> answer) throws IOException {
        if (answer.statusCode() / 100 != 2) throw failures.of("write", key, answer);
        answer.body().close();
        return PutOutcome.CREATED;
    }

    /** No bytes, but only of an object that is there. */
    private InputStream nothingOf(String key) throws IOException {
        if (head(key).isEmpty()) throw failures.notFound(key);
        return new ByteArrayInputStream(new byte[0]);
    }

    private String object(String key) {
        return prefix + ObjectKeys.check(key);
    }

    private String url(String object) {
        return bucketsUrl + PercentEncoding.query(bucket) + "/o/" + PercentEncoding.query(object);
    }

    private static HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url));
    }

    private static String header(ByteRange range) {
        long last = range.offset() + range.length() - 1;
        return "bytes=" + range.offset() + "-" + (last < 0 || range.length() == Long.MAX_VALUE ? "" : last);
    }

    @Override
    public String toString() {
        return root().toString();
    }
}
