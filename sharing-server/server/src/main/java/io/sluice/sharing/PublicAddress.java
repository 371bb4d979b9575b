package io.sluice.sharing;

import java.net.URI;

/** Where recipients reach this server from outside. Asked anew each time, since the port may be known late. */
@FunctionalInterface
public interface PublicAddress {
    /** Without a slash at the end: {@code https://sluice.example.org}. */
    URI base();

    default String sharingEndpoint() {
        return base() + "/delta-sharing";
    }

    default String tokenEndpoint() {
        return sharingEndpoint() + "/oauth/token";
    }

    default String activationLink(String nonce) {
        return base() + "/api/2.1/unity-catalog/public/data_sharing_activation/" + nonce;
    }

    /** Readers made on delta-kernel-rs take a URL for signed only if its query names a permission, as Azure's do. */
    default String fileUrl(String token) {
        return base() + "/files/" + token + "?sp=r";
    }
}
