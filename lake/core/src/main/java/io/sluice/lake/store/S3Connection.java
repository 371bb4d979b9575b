package io.sluice.lake.store;

import java.net.URI;
import java.util.Optional;

/**
 * How to reach an S3 service.
 *
 * @param region as in signatures, {@code us-east-1} where the service has none
 * @param endpoint of a service that is not Amazon's
 * @param publicEndpoint the same service as recipients of presigned URLs see it, where that differs
 * @param pathStyle whether the bucket stands in the path and not in the host name
 * @param credentials empty for the default chain of the AWS SDK (environment, profile, role)
 */
public record S3Connection(
        String region,
        Optional<URI> endpoint,
        Optional<URI> publicEndpoint,
        boolean pathStyle,
        Optional<Credentials> credentials) {

    /** Amazon's own service with the default chain of credentials. */
    public static S3Connection amazon(String region) {
        return new S3Connection(region, Optional.empty(), Optional.empty(), false, Optional.empty());
    }

    /** Another service, with its buckets in the path. */
    public static S3Connection at(URI endpoint, String region, Credentials credentials) {
        return new S3Connection(region, Optional.of(endpoint), Optional.empty(), true, Optional.of(credentials));
    }

    public S3Connection withPublicEndpoint(URI seenByRecipients) {
        return new S3Connection(region, endpoint, Optional.of(seenByRecipients), pathStyle, credentials);
    }

    /**
     * A key pair. Prints no secret.
     *
     * @param sessionToken of keys that end by themselves
     */
    public record Credentials(String accessKey, String secretKey, Optional<String> sessionToken) {
        public Credentials(String accessKey, String secretKey) {
            this(accessKey, secretKey, Optional.empty());
        }

        @Override
        public String toString() {
            return "Credentials[" + accessKey + ", a secret of " + secretKey.length() + " characters]";
        }
    }
}
