package io.sluice.lake.store;

import java.net.URI;
import java.util.Optional;

/**
 * How to reach an account of Azure Blob Storage.
 *
 * @param endpoint of the account, where it is not {@code https://ACCOUNT.blob.core.windows.net}
 * @param publicEndpoint the same as recipients of presigned URLs see it, where that differs
 */
public record AzureConnection(
        String account, Optional<URI> endpoint, Optional<URI> publicEndpoint, Credentials credentials) {
    /** What the account is opened with. Prints no secret. */
    public sealed interface Credentials {
        /** The account's own key in base64, which opens all of it. */
        record AccountKey(String key) implements Credentials {
            @Override
            public String toString() {
                return "AccountKey[" + key.length() + " characters]";
            }
        }

        /** A shared access signature, which opens what it says. */
        record Sas(String query) implements Credentials {
            @Override
            public String toString() {
                return "Sas[" + query.length() + " characters]";
            }
        }

        /** Tokens of a directory's identity, with its roles. */
        record Identity(AccessTokens tokens) implements Credentials {}
    }

    URI address() {
        return endpoint.orElseGet(() -> URI.create("https://" + account + ".blob.core.windows.net"));
    }

    URI publicAddress() {
        return publicEndpoint.orElseGet(this::address);
    }
}
