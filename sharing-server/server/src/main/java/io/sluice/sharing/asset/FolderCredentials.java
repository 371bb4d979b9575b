package io.sluice.sharing.asset;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/** What opens one folder for reading, for a while. None prints its secrets. */
public sealed interface FolderCredentials {
    Instant expiresAt();

    /** @param endpoint empty for Amazon's own store */
    record Amazon(
            String accessKeyId,
            String secretAccessKey,
            String sessionToken,
            Optional<Endpoint> endpoint,
            Instant expiresAt)
            implements FolderCredentials {
        /** Where a store is that speaks as Amazon's does. */
        public record Endpoint(URI uri, String region, boolean isPathStyle) {}

        @Override
        public String toString() {
            return "Amazon[" + accessKeyId + ", until " + expiresAt + "]";
        }
    }

    record Azure(String sasToken, Instant expiresAt) implements FolderCredentials {
        @Override
        public String toString() {
            return "Azure[until " + expiresAt + "]";
        }
    }

    record Google(String oauthToken, Instant expiresAt) implements FolderCredentials {
        @Override
        public String toString() {
            return "Google[until " + expiresAt + "]";
        }
    }
}
