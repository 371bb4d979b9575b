package io.sluice.lake.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A list, page by page. What other tools leave in buckets and is no object of ours (folder markers) is left out. */
final class S3Listing implements Iterator<ObjectInfo> {
    private final S3Client client;
    private final S3Failures failures;
    private final String storePrefix;
    private final ListObjectsV2Request request;
    private ListObjectsV2Response page;
    private Iterator<S3Object> keys;
    private @Nullable ObjectInfo next;

    S3Listing(S3Client client, S3Failures failures, String bucket, String storePrefix, String prefix, String startAfter)
            throws IOException {
        this.client = client;
        this.failures = failures;
        this.storePrefix = storePrefix;
        var asked = ListObjectsV2Request.builder().bucket(bucket).prefix(prefix);
        this.request = (startAfter.isEmpty() ? asked : asked.startAfter(startAfter)).build();
        this.page = fetch(request);
        this.keys = page.contents().iterator();
    }

    @Override
    public boolean hasNext() {
        while (next == null && (keys.hasNext() || turnPage())) {
            if (!keys.hasNext()) continue;
            S3Object object = keys.next();
            String key = object.key().substring(storePrefix.length());
            if (ObjectKeys.isKey(key)) next = new ObjectInfo(key, object.size(), object.lastModified());
        }
        return next != null;
    }

    @Override
    public ObjectInfo next() {
        if (!hasNext() || next == null) throw new NoSuchElementException();
        ObjectInfo current = next;
        next = null;
        return current;
    }

    private boolean turnPage() {
        if (!Boolean.TRUE.equals(page.isTruncated())) return false;
        try {
            page = fetch(request.toBuilder()
                    .continuationToken(page.nextContinuationToken())
                    .build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        keys = page.contents().iterator();
        return true;
    }

    private ListObjectsV2Response fetch(ListObjectsV2Request asked) throws IOException {
        try {
            return client.listObjectsV2(asked);
        } catch (SdkException e) {
            throw failures.translated("list", asked.prefix(), e);
        }
    }
}
