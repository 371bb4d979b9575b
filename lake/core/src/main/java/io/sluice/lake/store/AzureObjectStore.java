package io.sluice.lake.store;

import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.CopyStatusType;
import io.sluice.lake.store.AzureConnection.Credentials;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;

/**
 * Blobs of a container in Azure, or below a prefix of it. Conditional puts are the service's own ({@code If-None-Match:
 * *}). In accounts with a hierarchical namespace lists come in the order of folders, as the service walks them. Safe
 * for use by many threads.
 */
public final class AzureObjectStore implements ObjectStore {
    private static final Duration COPY_POLL = Duration.ofMillis(500);

    private final AzureConnection connection;
    private final String container;
    private final String prefix;
    private final AzureClients clients;
    private final AzureWrites writes;
    private final AzureUrlSigners signers;
    private final AzureFailures failures;

    private AzureObjectStore(
            AzureConnection connection, String container, String prefix, int blockBytes, TrafficMeter meter) {
        this.connection = connection;
        this.container = container;
        this.prefix = prefix;
        this.clients = AzureClients.open(connection, container, meter);
        this.writes = new AzureWrites(clients, blockBytes);
        this.signers = new AzureUrlSigners(
                new AzureUrlSigner.Place(connection.account(), connection.publicAddress(), container, prefix),
                connection.credentials(),
                AzureUrlSigners.of(clients));
        this.failures = new AzureFailures(root());
    }

    /**
     * Opens the store at {@code abfss://container@account.dfs.core.windows.net/folder}. Asks nothing of the service yet.
     *
     * @param folder without slashes at its ends; empty for the whole container
     */
    public static AzureObjectStore open(
            AzureConnection connection, String container, String folder, TrafficMeter meter) {
        return open(connection, container, folder, AzureWrites.BLOCK_BYTES, meter);
    }

    static AzureObjectStore open(
            AzureConnection connection, String container, String folder, int blockBytes, TrafficMeter meter) {
        String prefix = folder.isEmpty() ? "" : ObjectKeys.check(folder) + "/";
        return new AzureObjectStore(connection, container, prefix, blockBytes, meter);
    }

    @Override
    public URI root() {
        String path = prefix.isEmpty() ? "" : "/" + prefix.substring(0, prefix.length() - 1);
        return ObjectKeys.uri("abfss", container + "@" + connection.account() + ".dfs.core.windows.net", path);
    }

    @Override
    public Iterator<ObjectInfo> list(String listPrefix, String after) throws IOException {
        String startAfter = after.isEmpty() ? "" : prefix + after;
        return new AzureListing(
                clients.container(), failures, prefix, prefix + ObjectKeys.checkPrefix(listPrefix), startAfter);
    }

    @Override
    public Optional<ObjectInfo> head(String key) throws IOException {
        String blob = blob(key);
        try {
            BlobProperties found = clients.container().getBlobClient(blob).getProperties();
            if (AzureFolders.isFolder(found.getMetadata())) return Optional.empty();
            return Optional.of(new ObjectInfo(
                    key, found.getBlobSize(), found.getLastModified().toInstant()));
        } catch (BlobStorageException e) {
            if (e.getStatusCode() == 404) return Optional.empty();
            throw failures.translated("head", key, e);
        } catch (RuntimeException e) {
            throw failures.translated("head", key, e);
        }
    }

    @Override
    public InputStream read(String key, ByteRange range) throws IOException {
        if (range.length() == 0) return nothingOf(key);
        try {
            var answer = clients.reads()
                    .getBlobAsyncClient(blob(key))
                    .downloadStreamWithResponse(wire(range), null, null, false)
                    .block();
            if (answer == null) throw new IOException("The store at " + root() + " gave no answer to a read.");
            AzureBody body = new AzureBody(answer.getValue(), e -> failures.translated("read", key, e));
            return clients.meter().received(body);
        } catch (BlobStorageException e) {
            if (e.getStatusCode() == 416) return new ByteArrayInputStream(new byte[0]);
            throw failures.translated("read", key, e);
        } catch (RuntimeException e) {
            throw failures.translated("read", key, e);
        }
    }

    @Override
    public PutOutcome putIfAbsent(String key, Content content) throws IOException {
        String blob = blob(key);
        try {
            writes.put(blob, content, true);
            return PutOutcome.CREATED;
        } catch (BlobStorageException e) {
            // The service says 409 where others say 412.
            if (e.getStatusCode() == 412 || BlobErrorCode.BLOB_ALREADY_EXISTS.equals(e.getErrorCode()))
                return PutOutcome.EXISTS;
            throw failures.translated("write", key, e);
        } catch (RuntimeException e) {
            throw failures.translated("write", key, e);
        }
    }

    @Override
    public void put(String key, Content content) throws IOException {
        String blob = blob(key);
        try {
            writes.put(blob, content, false);
        } catch (RuntimeException e) {
            throw failures.translated("write", key, e);
        }
    }

    @Override
    public void copy(String from, String to) throws IOException {
        copy(new ServiceObject(service(), container, blob(from)), from, blob(to));
    }

    @Override
    public boolean copyFrom(ObjectStore other, String from, String to) throws IOException {
        String target = blob(to);
        Optional<ServiceObject> source =
                other.onService(from).filter(object -> object.service().equals(service()));
        if (source.isEmpty()) return false;
        try {
            copy(source.get(), from, target);
            return true;
        } catch (StoreDeniedException e) {
            // What opens this container need not open that one; the other store has its own credentials.
            return false;
        }
    }

    @Override
    public Optional<ServiceObject> onService(String key) {
        return Optional.of(new ServiceObject(service(), container, blob(key)));
    }

    @Override
    public void delete(String key) throws IOException {
        String blob = blob(key);
        try {
            clients.container().getBlobClient(blob).deleteIfExists();
        } catch (RuntimeException e) {
            throw failures.translated("delete", key, e);
        }
    }

    @Override
    public Optional<UrlSigner> signer(Instant now, Duration life) throws IOException {
        try {
            return signers.at(now, life);
        } catch (BlobStorageException e) {
            throw failures.translated("sign URLs of", "", e);
        }
    }

    private void copy(ServiceObject source, String from, String target) throws IOException {
        if (source.container().equals(container) && source.name().equals(target)) {
            if (head(from).isEmpty()) throw failures.notFound(from, null);
            return;
        }
        String url = clients.service()
                .getBlobContainerClient(source.container())
                .getBlobClient(source.name())
                .getBlobUrl();
        String authorized = connection.credentials() instanceof Credentials.Sas sas ? url + "?" + sas.query() : url;
        try {
            var copied = clients.container()
                    .getBlobClient(target)
                    .beginCopy(authorized, COPY_POLL)
                    .waitForCompletion()
                    .getValue();
            if (copied.getCopyStatus() != CopyStatusType.SUCCESS)
                throw new IOException("The store at " + root() + " ended the copy of \"" + from + "\" as "
                        + copied.getCopyStatus() + ": " + copied.getError() + ".");
        } catch (RuntimeException e) {
            throw failures.translated("copy", from, e);
        }
    }

    /** Equal for the containers of one account. */
    private String service() {
        return "azure at " + connection.address();
    }

    /** No bytes, but only of an object that is there. */
    private InputStream nothingOf(String key) throws IOException {
        if (head(key).isEmpty()) throw failures.notFound(key, null);
        return new ByteArrayInputStream(new byte[0]);
    }

    private String blob(String key) {
        return prefix + ObjectKeys.check(key);
    }

    private static BlobRange wire(ByteRange range) {
        return range.length() == Long.MAX_VALUE
                ? new BlobRange(range.offset())
                : new BlobRange(range.offset(), range.length());
    }

    @Override
    public String toString() {
        return root().toString();
    }
}
