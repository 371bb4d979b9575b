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

    /**
     * Unity Catalog's TemporaryCredentials: nulls are written, times are in milliseconds. A store that is not Amazon's
     * adds {@code s3_compatible}, which says where it is.
     */
    default ObjectNode toWire() {
        ObjectNode wire = JsonNodeFactory.instance.objectNode();
        wire.putNull("aws_temp_credentials").putNull("azure_user_delegation_sas").putNull("gcp_oauth_token");
        writeSecrets(wire);
        return wire.put("expiration_time", expiresAt().map(Instant::toEpochMilli).orElse(null))
                .put("url", location());
    }

    /** Puts the secrets into the fields that are theirs. */
    void writeSecrets(ObjectNode wire);

    /** A local folder: the file system's own rights are what holds. */
    record LocalFiles(String location) implements VendedCredentials {
        @Override
        public Optional<Instant> expiresAt() {
            return Optional.empty();
        }

        @Override
        public void writeSecrets(ObjectNode wire) {}
    }

    /** A session of Amazon's token service, confined to the folder by its policy. */
    record AwsSession(String location, String accessKeyId, String secretAccessKey, String sessionToken, Instant expires)
            implements VendedCredentials {
        @Override
        public Optional<Instant> expiresAt() {
            return Optional.of(expires);
        }

        @Override
        public void writeSecrets(ObjectNode wire) {
            wire.putObject("aws_temp_credentials")
                    .put("access_key_id", accessKeyId)
                    .put("secret_access_key", secretAccessKey)
                    .put("session_token", sessionToken);
        }

        @Override
        public String toString() {
            return "AwsSession[" + location + ", " + accessKeyId + ", until " + expires + "]";
        }
    }

    /**
     * Keys for a store that speaks S3 and is not Amazon's.
     *
     * @param sessionToken empty for the store's own keys, handed out as they are
     * @param expires for such keys only when to ask again: the store takes them for longer
     */
    record S3Keys(
            String location,
            String accessKeyId,
            String secretAccessKey,
            Optional<String> sessionToken,
            URI endpoint,
            String region,
            boolean pathStyle,
            Instant expires)
            implements VendedCredentials {
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
            wire.putObject("s3_compatible")
                    .put("endpoint", endpoint.toString())
                    .put("region", region)
                    .put("path_style", pathStyle);
        }

        @Override
        public String toString() {
            return "S3Keys[" + location + " at " + endpoint + ", " + accessKeyId + ", until " + expires + "]";
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
    record GcpToken(String location, String oauthToken, Instant expires) implements VendedCredentials {
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
            return "GcpToken[" + location + ", until " + expires + "]";
        }
    }
}
