package io.sluice.crypto.hierarchy;

import io.sluice.crypto.kms.KeyContext;

/** What each wrapping is bound to. */
final class Contexts {
    private Contexts() {}

    static KeyContext kek(String scope, String kekId, int version, String cmkUri) {
        return KeyContext.of(
                "v",
                "1",
                "purpose",
                "kek",
                "scope",
                scope,
                "key_id",
                kekId,
                "key_version",
                String.valueOf(version),
                "parent_key_id",
                cmkUri,
                "algorithm",
                "AES256-GCM");
    }

    static KeyContext dek(String scope, String subject, String id, int version, String kekId, int kekVersion) {
        return KeyContext.of(
                "v",
                "1",
                "purpose",
                "dek",
                "scope",
                scope,
                "subject",
                subject,
                "key_id",
                id,
                "key_version",
                String.valueOf(version),
                "parent_key_id",
                kekId,
                "parent_version",
                String.valueOf(kekVersion),
                "algorithm",
                "AES256-GCM-HKDF");
    }
}
