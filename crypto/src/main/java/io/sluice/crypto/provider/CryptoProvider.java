package io.sluice.crypto.provider;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Puts the native provider first where it loads and passes a self-test: a fresh JVM's own AES-GCM is 45 to 150 times
 * slower until its compiler has caught up. Everything works without it, byte for byte the same.
 */
public final class CryptoProvider {
    private CryptoProvider() {}

    /** The provider that serves AES-GCM from now on. */
    public record Live(String name, boolean isNative) {
        @Override
        public String toString() {
            return name + (isNative ? " (native)" : " (Java)");
        }
    }

    public static synchronized Live installBest() {
        try {
            AmazonCorrettoCryptoProvider.install();
            AmazonCorrettoCryptoProvider.INSTANCE.assertHealthy();
        } catch (Throwable e) {
            // Another platform, or a library that does not load: the JDK's own serves.
        }
        try {
            selfTest();
            Cipher live = Cipher.getInstance("AES/GCM/NoPadding");
            String name = live.getProvider().getName();
            return new Live(name, name.equals(AmazonCorrettoCryptoProvider.PROVIDER_NAME));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no provider of AES-GCM passes its self-test", e);
        }
    }

    /** Test case 14 of the GCM specification: key, nonce and text of zeros. */
    private static void selfTest() throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE, new SecretKeySpec(new byte[32], "AES"), new GCMParameterSpec(128, new byte[12]));
        byte[] found = cipher.doFinal(new byte[16]);
        byte[] expected =
                java.util.HexFormat.of().parseHex("cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919");
        if (!Arrays.equals(found, expected)) throw new GeneralSecurityException("AES-GCM computes something else");
    }
}
