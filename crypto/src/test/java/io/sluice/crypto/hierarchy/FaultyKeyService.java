package io.sluice.crypto.hierarchy;

import io.sluice.crypto.kms.KeyContext;
import io.sluice.crypto.kms.KeyService;
import io.sluice.crypto.kms.KmsException;
import io.sluice.crypto.secret.SecretBytes;
import java.util.concurrent.atomic.AtomicInteger;

/** A real key service that can go dark, and counts. */
final class FaultyKeyService implements KeyService {
    private final KeyService real;
    private final AtomicInteger unwraps = new AtomicInteger();
    private volatile boolean isDark;

    FaultyKeyService(KeyService real) {
        this.real = real;
    }

    void goDark() {
        isDark = true;
    }

    void comeBack() {
        isDark = false;
    }

    int unwraps() {
        return unwraps.get();
    }

    @Override
    public byte[] wrap(String keyUri, SecretBytes plain, KeyContext context) {
        requireLight();
        return real.wrap(keyUri, plain, context);
    }

    @Override
    public SecretBytes unwrap(String keyUri, byte[] wrapped, KeyContext context) {
        requireLight();
        unwraps.incrementAndGet();
        return real.unwrap(keyUri, wrapped, context);
    }

    @Override
    public State describe(String keyUri) {
        requireLight();
        return real.describe(keyUri);
    }

    private void requireLight() {
        if (isDark) throw new KmsException(KmsException.Kind.UNREACHABLE, "connection refused");
    }
}
