package io.sluice.catalog.vending;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/** What is handed to the caller. Every one names the folder it is for; none prints its secrets. */
public sealed interface VendedCredentials {
    String location();

    /** Empty for what does not expire, because it is no secret. */
    Optional<Instant> expiresAt();

    /** Puts the secrets into the fields that are theirs. */
    void writeSecrets(ObjectNode wire);

    /** Unity Catalog's TemporaryCredentials: nulls are written, times are in milliseconds. */
    default ObjectNode toWire() {
        ObjectNode wire = JsonNodeFactory.instance.objectNode();
        wire.putNull("aws_temp_credentials")
                .putNull("azure_user_delegation_sas")
                .putNull("gcp_oauth_token");
        writeSecrets(wire);
        return wire.put(
                        "expiration_time",
                        expiresAt().map(Instant::toEpochMilli).orElse(null))
                .put("url", location());
    }

    /** A local folder: the file system's own rights are what holds. */
    record LocalFiles(String location) implements VendedCredentials {
        @Override
        public Optional<Instant> expiresAt() {
            return Optional.empty();
        }

        @Override
        public void writeSecrets(ObjectNode wire) {}
    }

    /**
     * Keys for Amazon's store, or for one that speaks as it does.
     *
     * @param sessionToken empty for a store's own keys, handed out as they are
     * @param endpoint empty for Amazon's
     * @param expires for keys without a session only when to ask again: the store takes them for longer
     */
    record S3Keys(
            String location,
            String accessKeyId,
            String secretAccessKey,
            Optional<String> sessionToken,
            Optional<Endpoint> endpoint,
            Instant expires)
            implements VendedCredentials {
        /** Where a store is that is not Amazon's. Unity Catalog has no field for it, so it is told in one of our own. */
        public record Endpoint(URI uri, String region, boolean isPathStyle) {}

        @Override
        public Optional<Instant> expiresAt() {
            return Optional.of(expires);
        }

        @Override
        public void writeSecrets(ObjectNode wire) {
            wire.putObject("aws_temp_credentials")
                    .put("access_key_id", accessKeyId)
                    .put("secret_access_key", secretAccessKey)
                    .put("session_token", sessionToken.orElse(null));
            endpoint.ifPresent(store -> wire.putObject("s3_compatible")
                    .put("endpoint", store.uri().toString())
                    .put("region", store.region())
                    .put("path_style", store.isPathStyle()));
        }

        @Override
        public String toString() {
            return "S3Keys[" + location + ", " + accessKeyId + ", until " + expires + "]";
        }
    }

    /** A shared access signature for a directory, by a key that was delegated to us. */
    record AzureSas(String location, String sasToken, Instant expires) implements VendedCredentials {
        @Override
        public Optional<Instant> expiresAt() {
            return Optional.of(expires);
        }

        @Override
        public void writeSecrets(ObjectNode wire) {
            wire.putObject("azure_user_delegation_sas").put("sas_token", sasToken);
        }

        @Override
        public String toString() {
            return "AzureSas[" + location + ", until " + expires + "]";
        }
    }

    /** A token of Google's, confined to the folder by an access boundary. */
    record GoogleToken(String location, String oauthToken, Instant expires) implements VendedCredentials {
        @Override
        public Optional<Instant> expiresAt() {
            return Optional.of(expires);
        }

        @Override
        public void writeSecrets(ObjectNode wire) {
            wire.putObject("gcp_oauth_token").put("oauth_token", oauthToken);
        }

        @Override
        public String toString() {
            return "GoogleToken[" + location + ", until " + expires + "]";
        }
    }
}
