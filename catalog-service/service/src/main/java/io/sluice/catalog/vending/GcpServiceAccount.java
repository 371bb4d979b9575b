package io.sluice.catalog.vending;

import java.net.URI;

/**
 * A service account of Google, by the fields of its key file.
 *
 * @param privateKeyPem PKCS #8
 * @param tokenUri where its signed assertions are exchanged; also their audience
 */
public record GcpServiceAccount(String email, String privateKeyId, String privateKeyPem, URI tokenUri)
        implements StorageIdentity {
    /** Secrets stay out of logs. */
    @Override
    public String toString() {
        return "GcpServiceAccount[" + email + ", key " + privateKeyId + "]";
    }
}
