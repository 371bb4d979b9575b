package io.sluice.lake.store;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Objects of an S3 bucket, or below a prefix of it. Conditional puts are S3's own ({@code If-None-Match: *}). Safe for
 * use by many threads.
 */
public final class S3ObjectStore implements ObjectStore, Closeable {
    private final S3Clients clients;
    private final S3Failures failures;
    private final String service;
    private final String bucket;
    private final String prefix;
    private final S3Parts parts;
    private final S3Uploads uploads;
    private final S3Copies copies;
    private final Optional<S3UrlSigners> signers;

    private S3ObjectStore(S3Connection connection, String bucket, String prefix, S3Parts parts, TrafficMeter meter) {
        this.clients = S3Clients.open(connection, meter);
        this.service = S3Copies.service(connection);
        this.bucket = bucket;
        this.prefix = prefix;
        this.parts = parts;
        this.uploads = new S3Uploads(clients, bucket, parts);
        this.copies = new S3Copies(clients, bucket, parts, uploads);
        this.signers = signers(connection);
        this.failures = new S3Failures(root());
    }

    /**
     * Opens the store at {@code s3://bucket/folder}. Asks nothing of the service yet.
     *
     * @param folder without slashes at its ends; empty for the whole bucket
     */
    public static S3ObjectStore open(S3Connection connection, String bucket, String folder, TrafficMeter meter) {
        return open(connection, bucket, folder, S3Parts.DEFAULT, meter);
    }

    public static S3ObjectStore open(S3Connection connection, String bucket, String folder) {
        return open(connection, bucket, folder, new TrafficMeter());
    }

    static S3ObjectStore open(
            S3Connection connection, String bucket, String folder, S3Parts parts, TrafficMeter meter) {
        String prefix = folder.isEmpty() ? "" : ObjectKeys.check(folder) + "/";
        return new S3ObjectStore(connection, bucket, prefix, parts, meter);
    }

    @Override
    public void close() {
        clients.close();
    }

    @Override
    public URI root() {
        String path = prefix.isEmpty() ? "" : "/" + prefix.substring(0, prefix.length() - 1);
        return ObjectKeys.uri("s3", bucket, path);
    }

    @Override
    public Iterator<ObjectInfo> list(String listPrefix, String after) throws IOException {
        String startAfter = after.isEmpty() ? "" : prefix + after;
        return new S3Listing(
                clients.client(), failures, bucket, prefix, prefix + ObjectKeys.checkPrefix(listPrefix), startAfter);
    }

    @Override
    public Optional<ObjectInfo> head(String key) throws IOException {
        String object = object(key);
        try {
            HeadObjectResponse head = clients.client()
                    .headObject(request -> request.bucket(bucket).key(object));
            return Optional.of(new ObjectInfo(key, head.contentLength(), head.lastModified()));
        } catch (S3Exception e) {
            if (e.statusCode() == 404) return Optional.empty();
            throw failures.translated("head", key, e);
        } catch (SdkException e) {
            throw failures.translated("head", key, e);
        }
    }

    @Override
    public InputStream read(String key, ByteRange range) throws IOException {
        if (range.length() == 0) return nothingOf(key);
        String object = object(key);
        var request = GetObjectRequest.builder().bucket(bucket).key(object);
        if (!range.equals(ByteRange.ALL)) request.range(header(range));
        try {
            ResponseInputStream<GetObjectResponse> stream = clients.client().getObject(request.build());
            return clients.meter().received(new S3Body(stream, stream.response().contentLength()));
        } catch (S3Exception e) {
            if (e.statusCode() == 416) return new ByteArrayInputStream(new byte[0]);
            throw failures.translated("read", key, e);
        } catch (SdkException e) {
            throw failures.translated("read", key, e);
        }
    }

    @Override
    public PutOutcome putIfAbsent(String key, Content content) throws IOException {
        try {
            put(key, content, true);
            return PutOutcome.CREATED;
        } catch (S3Exception e) {
            // 412: the object is there. 409: another conditional put of it is under way.
            if (e.statusCode() == 412 || e.statusCode() == 409) return PutOutcome.EXISTS;
            throw failures.translated("write", key, e);
        }
    }

    @Override
    public void put(String key, Content content) throws IOException {
        try {
            put(key, content, false);
        } catch (S3Exception e) {
            throw failures.translated("write", key, e);
        }
    }

    @Override
    public void copy(String from, String to) throws IOException {
        String target = object(to);
        try {
            copies.copy(new ServiceObject(service, bucket, object(from)), target);
        } catch (SdkException e) {
            throw failures.translated("copy", from, e);
        }
    }

    @Override
    public boolean copyFrom(ObjectStore other, String from, String to) throws IOException {
        String target = object(to);
        Optional<ServiceObject> source =
                other.onService(from).filter(object -> object.service().equals(service));
        if (source.isEmpty()) return false;
        try {
            copies.copy(source.get(), target);
            return true;
        } catch (SdkException e) {
            IOException translated = failures.translated("copy", from, e);
            // Whoever may write here need not be allowed to read there; the other store has its own credentials.
            if (translated instanceof StoreDeniedException) return false;
            throw translated;
        }
    }

    @Override
    public Optional<ServiceObject> onService(String key) {
        return Optional.of(new ServiceObject(service, bucket, object(key)));
    }

    @Override
    public void delete(String key) throws IOException {
        String object = object(key);
        try {
            clients.client().deleteObject(request -> request.bucket(bucket).key(object));
        } catch (S3Exception e) {
            if (e.statusCode() != 404) throw failures.translated("delete", key, e);
        } catch (SdkException e) {
            throw failures.translated("delete", key, e);
        }
    }

    @Override
    public Optional<UrlSigner> signer(Instant now, Duration life) throws IOException {
        if (signers.isEmpty()) return Optional.empty();
        try {
            return signers.get().at(now, life);
        } catch (SdkException e) {
            throw failures.translated("sign URLs of", "", e);
        }
    }

    private Optional<S3UrlSigners> signers(S3Connection connection) {
        // Directory buckets are signed with sessions of their own, which end after minutes.
        if (bucket.endsWith("--x-s3")) return Optional.empty();
        S3Address address = S3Address.of(connection, bucket, prefix);
        return Optional.of(new S3UrlSigners(clients.credentials(), connection.region(), address));
    }

    private void put(String key, Content content, boolean ifAbsent) throws IOException {
        String object = object(key);
        try {
            if (content.length() > parts.wholeBytes()) uploads.put(object, content, ifAbsent);
            else putWhole(object, clients.meter().sent(content), ifAbsent);
        } catch (S3Exception e) {
            throw e;
        } catch (SdkException e) {
            throw failures.translated("write", key, e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void putWhole(String object, Content content, boolean ifAbsent) {
        var request = PutObjectRequest.builder().bucket(bucket).key(object);
        if (ifAbsent) clients.once().putObject(request.ifNoneMatch("*").build(), S3Clients.body(content));
        else clients.client().putObject(request.build(), S3Clients.body(content));
    }

    /** No bytes, but only of an object that is there. */
    private InputStream nothingOf(String key) throws IOException {
        if (head(key).isEmpty()) throw failures.notFound(key, null);
        return new ByteArrayInputStream(new byte[0]);
    }

    private String object(String key) {
        return prefix + ObjectKeys.check(key);
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
