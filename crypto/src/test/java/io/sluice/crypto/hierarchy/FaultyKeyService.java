package io.sluice.crypto.hierarchy;

import io.sluice.crypto.kms.KeyContext;
import io.sluice.crypto.kms.KeyService;
import io.sluice.crypto.kms.KmsException;
import io.sluice.crypto.secret.SecretBytes;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A real key service that can go dark or hang, and counts. */
final class FaultyKeyService implements KeyService {
    private final KeyService real;
    private final AtomicInteger unwraps = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();
    private final CountDownLatch caller = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);
    private volatile boolean isDark;
    private volatile boolean isHanging;

    FaultyKeyService(KeyService real) {
        this.real = real;
    }

    void goDark() {
        isDark = true;
    }

    void comeBack() {
        isDark = false;
    }

    /** From now on calls wait for {@link #answer}. */
    void hang() {
        isHanging = true;
    }

    void awaitCaller() throws InterruptedException {
        caller.await();
    }

    void answer() {
        answer.countDown();
    }

    /** Also those that found the service dark. */
    int calls() {
        return calls.get();
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
        calls.incrementAndGet();
        requireLight();
        if (isHanging) waitForAnswer();
        unwraps.incrementAndGet();
        return real.unwrap(keyUri, wrapped, context);
    }

    @Override
    public State describe(String keyUri) {
        requireLight();
        return real.describe(keyUri);
    }

    private void waitForAnswer() {
        caller.countDown();
        try {
            answer.await();
        } catch (InterruptedException e) {
            throw new KmsException(KmsException.Kind.UNREACHABLE, "interrupted");
        }
    }

    private void requireLight() {
        if (isDark) throw new KmsException(KmsException.Kind.UNREACHABLE, "connection refused");
    }
}
