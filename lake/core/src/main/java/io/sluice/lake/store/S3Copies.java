package io.sluice.lake.store;

import java.io.IOException;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/** Copies that the service makes by itself. Throws what the SDK throws. */
final class S3Copies {
    private final S3Clients clients;
    private final String bucket;
    private final S3Parts parts;
    private final S3Uploads uploads;

    S3Copies(S3Clients clients, String bucket, S3Parts parts, S3Uploads uploads) {
        this.clients = clients;
        this.bucket = bucket;
        this.parts = parts;
        this.uploads = uploads;
    }

    /** Equal for stores between which S3 copies: those of one endpoint, or of one partition of Amazon's cloud. */
    static String service(S3Connection connection) {
        return connection
                .endpoint()
                .map(endpoint -> "s3 at " + endpoint)
                .orElseGet(() -> "s3 of "
                        + PartitionMetadata.of(Region.of(connection.region())).id());
    }

    void copy(ServiceObject source, String object) throws IOException {
        long length = clients.client()
                .headObject(request -> request.bucket(source.container()).key(source.name()))
                .contentLength();
        // S3 refuses to copy an object onto itself.
        if (source.container().equals(bucket) && source.name().equals(object)) return;
        if (length > parts.copyBytes()) uploads.copy(source, length, object);
        else
            clients.client()
                    .copyObject(request -> request.sourceBucket(source.container())
                            .sourceKey(source.name())
                            .destinationBucket(bucket)
                            .destinationKey(object));
    }
}
