package io.sluice.lake.store;

import java.net.URI;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointParams;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointProvider;

/**
 * Where recipients find a bucket's objects. The rules (partitions of the cloud, buckets whose names cannot be part of
 * a host's) are the SDK's.
 *
 * @param host as in the header of that name: with the port, unless it is the scheme's own
 * @param path percent-encoded, up to where the key begins
 */
record S3Address(String scheme, String host, String path) {
    static S3Address of(S3Connection connection, String bucket, String prefix) {
        URI base = resolve(connection, bucket);
        String scheme = base.getScheme().toLowerCase(Locale.ROOT);
        String path = base.getRawPath().endsWith("/") ? base.getRawPath() : base.getRawPath() + "/";
        return new S3Address(scheme, Hosts.header(base), path + PercentEncoding.path(prefix));
    }

    private static URI resolve(S3Connection connection, String bucket) {
        var params = S3EndpointParams.builder()
                .region(Region.of(connection.region()))
                .bucket(bucket)
                .forcePathStyle(connection.pathStyle());
        connection.publicEndpoint().or(connection::endpoint).ifPresent(uri -> params.endpoint(uri.toString()));
        try {
            return S3EndpointProvider.defaultProvider()
                    .resolveEndpoint(params.build())
                    .join()
                    .url();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
