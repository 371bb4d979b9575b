package io.sluice.lake.store;

import java.net.URI;
import java.util.Optional;

/**
 * How to reach Google Cloud Storage.
 *
 * @param endpoint of another service of its kind
 * @param publicEndpoint the same as recipients of presigned URLs see it, where that differs
 */
public record GoogleConnection(Optional<URI> endpoint, Optional<URI> publicEndpoint, Credentials credentials) {
    private static final URI GOOGLE = URI.create("https://storage.googleapis.com");

    /** Whose rights are used. */
    public sealed interface Credentials {
        /** An account whose key is here, which also signs URLs. */
        record KeyFile(GoogleServiceAccount account) implements Credentials {}

        /**
         * The account that the machine runs as. Its key stays with Google, whose service signs each URL.
         *
         * @param metadata of the machine
         * @param iam which signs
         */
        record Machine(URI metadata, URI iam) implements Credentials {
            public static Machine here() {
                return new Machine(
                        URI.create("http://metadata.google.internal"),
                        URI.create("https://iamcredentials.googleapis.com"));
            }
        }
    }

    URI address() {
        return endpoint.orElse(GOOGLE);
    }

    URI publicAddress() {
        return publicEndpoint.orElseGet(this::address);
    }
}
