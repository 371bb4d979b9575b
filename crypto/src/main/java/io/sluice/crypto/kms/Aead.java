package io.sluice.crypto.kms;

import com.google.crypto.tink.subtle.AesGcmJce;
import io.sluice.crypto.secret.SecretAccess;
import io.sluice.crypto.secret.SecretBytes;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/** Wraps one key under another: AES-256-GCM with a random nonce and the context as associated data. */
public final class Aead {
    private Aead() {}

    public static byte[] wrap(SecretBytes key, SecretBytes plain, KeyContext context) {
        byte[] keyBytes = key.expose(SecretAccess.WRAPPING);
        byte[] plainBytes = plain.expose(SecretAccess.WRAPPING);
        try {
            return new AesGcmJce(keyBytes).encrypt(plainBytes, context.canonicalBytes());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the crypto provider cannot wrap", e);
        } finally {
            Arrays.fill(keyBytes, (byte) 0);
            Arrays.fill(plainBytes, (byte) 0);
        }
    }

    /** Throws {@link KmsException} of kind CORRUPT when key, bytes or context are not those of the wrapping. */
    public static SecretBytes unwrap(SecretBytes key, byte[] wrapped, KeyContext context) {
        byte[] keyBytes = key.expose(SecretAccess.UNWRAPPING);
        try {
            return SecretBytes.taking(new AesGcmJce(keyBytes).decrypt(wrapped, context.canonicalBytes()));
        } catch (GeneralSecurityException e) {
            throw new KmsException(KmsException.Kind.CORRUPT, "a wrapped key does not open with its context");
        } finally {
            Arrays.fill(keyBytes, (byte) 0);
        }
    }
}
