package io.sluice.sharing.share;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/** Opens one folder, and prints no secret. */
public record FolderCredential(URI folder, Secret secret, Instant expires) {
    /** What the store of the folder asks for. */
    public sealed interface Secret {}

    /** @param endpoint of a store that speaks S3 and is not Amazon's */
    public record AwsSession(
            String accessKeyId, String secretAccessKey, String sessionToken, Optional<Endpoint> endpoint)
            implements Secret {
        @Override
        public String toString() {
            return "AwsSession[" + accessKeyId + "]";
        }
    }

    public record Endpoint(URI uri, String region, boolean isPathStyle) {}

    public record AzureSas(String token) implements Secret {
        @Override
        public String toString() {
            return "AzureSas[]";
        }
    }

    public record GoogleToken(String token) implements Secret {
        @Override
        public String toString() {
            return "GoogleToken[]";
        }
    }
}
