package io.sluice.crypto.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class CryptoProviderTest {
    @Test
    void theProviderInUseAndTheJdksOwnComputeTheSameBytes() throws GeneralSecurityException {
        CryptoProvider.Live live = CryptoProvider.installBest();
        assertThat(encrypt(live.name())).isEqualTo(encrypt("SunJCE"));
    }

    private static byte[] encrypt(String provider) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", provider);
        cipher.init(
                Cipher.ENCRYPT_MODE, new SecretKeySpec(new byte[32], "AES"), new GCMParameterSpec(128, new byte[12]));
        return cipher.doFinal(new byte[65_536]);
    }
}
