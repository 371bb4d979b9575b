package io.sluice.crypto.kms;

import io.sluice.crypto.secret.SecretBytes;

/** A key management service. The master keys never leave it. Every call may throw {@link KmsException}. */
public interface KeyService {
    byte[] wrap(String keyUri, SecretBytes plain, KeyContext context);

    SecretBytes unwrap(String keyUri, byte[] wrapped, KeyContext context);

    State describe(String keyUri);

    enum State {
        ENABLED,
        DISABLED
    }
}
