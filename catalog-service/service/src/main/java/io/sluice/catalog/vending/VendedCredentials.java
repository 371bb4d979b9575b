package io.sluice.catalog.vending;

import java.time.Instant;
import java.util.Optional;

/** What is handed to the caller. Every one names the folder it is for. */
public sealed interface VendedCredentials {
    String location();

    /** Empty for what does not expire, because it is no secret. */
    Optional<Instant> expiresAt();

    /** A local folder: the file system's own rights are what holds. */
    record LocalFiles(String location) implements VendedCredentials {
        @Override
        public Optional<Instant> expiresAt() {
            return Optional.empty();
        }
    }

    /** A session of Amazon's token service, confined to the folder by its policy. */
    record AwsSession(String location, String accessKeyId, String secretAccessKey, String sessionToken, Instant expires)
            implements VendedCredentials {
        @Override
        public Optional<Instant> expiresAt() {
            return Optional.of(expires);
        }

        /** Secrets stay out of logs. */
        @Override
        public String toString() {
            return "AwsSession[" + location + ", " + accessKeyId + ", until " + expires + "]";
        }
    }
}
