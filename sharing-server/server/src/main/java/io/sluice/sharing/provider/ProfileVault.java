package io.sluice.sharing.provider;

import io.sluice.crypto.kms.KeyContext;
import io.sluice.crypto.kms.KeyService;
import io.sluice.crypto.secret.SecretAccess;
import io.sluice.crypto.secret.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Supplier;

/**
 * Seals profiles with a key of the key service. The provider's id is bound into the sealing, so that nobody who can
 * write to the database gives one provider's token to another's address; the address is sealed together with the token.
 */
public final class ProfileVault {
    private final KeyService keys;
    private final Supplier<String> keyUri;

    /** @param keyUri asked when a profile is sealed or opened; may make the key */
    public ProfileVault(KeyService keys, Supplier<String> keyUri) {
        this.keys = keys;
        this.keyUri = keyUri;
    }

    String seal(ProviderId provider, ProviderProfile profile) {
        try (SecretBytes plain = SecretBytes.taking(profile.text().getBytes(StandardCharsets.UTF_8))) {
            return Base64.getEncoder().encodeToString(keys.wrap(keyUri.get(), plain, context(provider)));
        }
    }

    ProviderProfile open(Provider provider) {
        byte[] sealed = Base64.getDecoder().decode(provider.profile().sealed());
        try (SecretBytes plain = keys.unwrap(keyUri.get(), sealed, context(provider.id()))) {
            byte[] bytes = plain.expose(SecretAccess.UNWRAPPING);
            try {
                return ProviderProfile.parse(new String(bytes, StandardCharsets.UTF_8));
            } finally {
                Arrays.fill(bytes, (byte) 0);
            }
        }
    }

    private static KeyContext context(ProviderId provider) {
        return KeyContext.of("purpose", "provider profile", "provider", provider.value());
    }
}
