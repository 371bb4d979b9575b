package io.sluice.lake.store;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.ListBlobsOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** A list, page by page. Folders of accounts with a hierarchical namespace are blobs too, and are left out. */
final class AzureListing implements Iterator<ObjectInfo> {
    private final AzureFailures failures;
    private final String storePrefix;
    private final String startAfter;
    private final Iterator<BlobItem> blobs;
    private @Nullable ObjectInfo next;

    AzureListing(
            BlobContainerClient container, AzureFailures failures, String storePrefix, String prefix, String startAfter)
            throws IOException {
        this.failures = failures;
        this.storePrefix = storePrefix;
        this.startAfter = startAfter;
        ListBlobsOptions options =
                new ListBlobsOptions().setPrefix(prefix).setDetails(new BlobListDetails().setRetrieveMetadata(true));
        // Where the list may begin; an older service ignores it and lists from the prefix's first.
        if (!startAfter.isEmpty()) options.setStartFrom(startAfter);
        try {
            this.blobs = container.listBlobs(options, null).iterator();
            this.next = advance();
        } catch (RuntimeException e) {
            throw failures.translated("list", prefix, e);
        }
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public ObjectInfo next() {
        ObjectInfo current = next;
        if (current == null) throw new NoSuchElementException();
        try {
            next = advance();
        } catch (RuntimeException e) {
            throw new UncheckedIOException(failures.translated("list", storePrefix, e));
        }
        return current;
    }

    private @Nullable ObjectInfo advance() {
        while (blobs.hasNext()) {
            BlobItem blob = blobs.next();
            if (AzureFolders.isFolder(blob.getMetadata())) continue;
            if (ObjectKeys.ORDER.compare(blob.getName(), startAfter) <= 0) continue;
            String key = blob.getName().substring(storePrefix.length());
            if (!ObjectKeys.isKey(key)) continue;
            return new ObjectInfo(
                    key,
                    blob.getProperties().getContentLength(),
                    blob.getProperties().getLastModified().toInstant());
        }
        return null;
    }
}
