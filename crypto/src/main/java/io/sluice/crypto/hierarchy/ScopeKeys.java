package io.sluice.crypto.hierarchy;

import com.google.crypto.tink.subtle.Hkdf;
import io.sluice.crypto.kms.Aead;
import io.sluice.crypto.kms.KeyContext;
import io.sluice.crypto.kms.KeyService;
import io.sluice.crypto.kms.KmsException;
import io.sluice.crypto.seal.DataKey;
import io.sluice.crypto.seal.KeyRevokedException;
import io.sluice.crypto.seal.KeyUnavailableException;
import io.sluice.crypto.secret.SecretAccess;
import io.sluice.crypto.secret.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one scope that are open in memory. Everything hangs on one lease: when it ends, by time, by a denial of
 * the key service or by a revocation, KEK and data keys are wiped together and what was lent is refused from then on.
 *
 * <p>The common check is three volatile reads and a clock. A renewal holds a lock of its own, so that many callers
 * cause one call to the key service and none of them keeps a revocation waiting.
 */
final class ScopeKeys {
    /** After a failure the key service is left alone for so long, doubling up to the longest. */
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final KeyService kms;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Lease.Terms terms;
    private final Denied denied;
    private final ReentrantLock renewing = new ReentrantLock();
    private volatile ScopeRow row;
    private volatile @Nullable Held held;
    private volatile boolean isDoubtful;
    private @Nullable Failed failed;

    /** Open keys under one lease. */
    private record Held(OpenKeys keys, Lease lease) {}

    /** What the key service said last, and until when it is not asked again. */
    private record Failed(KmsException cause, long epoch, Duration pause, long untilNanos) {}

    /** Told when the key service itself refuses the scope's key, so that it stays refused. */
    @FunctionalInterface
    interface Denied {
        void told(ScopeRow row);
    }

    ScopeKeys(ScopeRow row, KeyService kms, Clock clock, LongSupplier nanos, Lease.Terms terms, Denied denied) {
        this.row = row;
        this.kms = kms;
        this.clock = clock;
        this.nanos = nanos;
        this.terms = terms;
        this.denied = denied;
    }

    ScopeRow row() {
        return row;
    }

    boolean isOpen() {
        return held != null;
    }

    Optional<Long> leaseAgeSeconds() {
        Held now = held;
        return now == null
                ? Optional.empty()
                : Optional.of(now.lease.age(clock.instant(), nanos.getAsLong()).toSeconds());
    }

    /** The state as the store has it now. What was open under another epoch is wiped. */
    synchronized void moved(ScopeRow next) {
        if (next.epoch() < row.epoch()) {
            doubt();
            throw new KeyStateException("Scope " + next.scope() + " fell from epoch " + row.epoch() + " to "
                    + next.epoch() + ": the key store was set back. Nothing is opened until it is put right.");
        }
        boolean isNew = next.epoch() > row.epoch();
        row = next;
        isDoubtful = false;
        if (isNew) wipe();
    }

    /** Whether a change went through is not known: nothing is opened until the store was read again. */
    synchronized void doubt() {
        isDoubtful = true;
        wipe();
    }

    /** Throws unless keys of this scope may be used at this very moment; renews the lease if it is due. */
    void requireUsable() {
        usable();
    }

    void requireUsableAt(long epoch) {
        if (row.epoch() != epoch) throw revoked("it was withdrawn since this reading began");
        usable();
    }

    private OpenKeys usable() {
        requireActive(row);
        Held now = held;
        if (now != null && now.lease.at(clock.instant(), nanos.getAsLong()) == Lease.Standing.FRESH) return now.keys;
        renewing.lock();
        try {
            return renewed();
        } finally {
            renewing.unlock();
        }
    }

    private void requireActive(ScopeRow now) {
        if (isDoubtful)
            throw new KeyUnavailableException(
                    "The state of scope " + now.scope() + " is being read again. Try again in a moment.", null);
        if (now.state() != ScopeState.ACTIVE) throw revoked("its owner has withdrawn it");
    }

    private OpenKeys renewed() {
        ScopeRow from = row;
        requireActive(from);
        @Nullable Held before = held;
        long tick = nanos.getAsLong();
        // The age counts from before the question, for the answer may be slow.
        Lease lease = new Lease(clock.instant(), tick, terms);
        Lease.Standing standing = before == null ? Lease.Standing.DEAD : before.lease.at(lease.grantedAt(), tick);
        if (before != null && standing == Lease.Standing.FRESH) return before.keys;

        Failed last = failed;
        if (last != null && last.epoch == from.epoch() && tick - last.untilNanos < 0)
            return afterFailure(last.cause, from, before, standing);
        SecretBytes kek;
        try {
            kek = unwrapKek(from);
        } catch (KmsException e) {
            failed = failed(e, from, last, tick);
            return afterFailure(e, from, before, standing);
        }
        failed = null;
        return hold(kek, lease, from);
    }

    /** The key service was asked without the monitor: what happened meanwhile comes first. */
    private synchronized OpenKeys hold(SecretBytes kek, Lease lease, ScopeRow from) {
        if (row.epoch() != from.epoch() || isDoubtful) {
            kek.close();
            requireActive(row);
            throw revoked("it was withdrawn since this reading began");
        }
        Held now = held;
        // Same KEK, new lease: what was lent stays good.
        if (now != null) kek.close();
        Held next = new Held(now == null ? new OpenKeys(kek) : now.keys, lease);
        held = next;
        return next.keys;
    }

    private static Failed failed(KmsException cause, ScopeRow from, @Nullable Failed last, long tick) {
        Duration pause = last == null ? SHORTEST_PAUSE : last.pause.multipliedBy(2);
        if (pause.compareTo(LONGEST_PAUSE) > 0) pause = LONGEST_PAUSE;
        return new Failed(cause, from.epoch(), pause, tick + pause.toNanos());
    }

    private OpenKeys afterFailure(KmsException failure, ScopeRow from, @Nullable Held before, Lease.Standing standing) {
        switch (failure.kind()) {
            case UNREACHABLE -> {
                if (before != null && standing == Lease.Standing.DUE) return before.keys;
                close();
                throw new KeyUnavailableException(
                        "The key service of scope " + from.scope() + " cannot be reached. Try again later.", failure);
            }
            case DENIED -> {
                close();
                denied.told(from);
                throw revoked("the key service denies its use");
            }
            case CORRUPT -> {
                close();
                throw new KeyUnavailableException(
                        "The stored key of scope " + from.scope()
                                + " does not open under its master key: it is damaged."
                                + " Bring the key's row back from a backup.",
                        failure);
            }
        }
        throw new IllegalStateException("an unknown kind of failure: " + failure.kind());
    }

    /** Asks the key service whether it still opens the key that is in use. */
    void probeOpen() {
        if (!isOpen()) return;
        ScopeRow from = row;
        try {
            unwrapKek(from).close();
        } catch (KmsException e) {
            // A service that is away is the lease's business.
            if (e.kind() != KmsException.Kind.DENIED) return;
            close();
            denied.told(from);
        }
    }

    /** A real unwrap, as a probe. Throws {@link KmsException}. */
    void probe(ScopeRow candidate) {
        unwrapKek(candidate).close();
    }

    private SecretBytes unwrapKek(ScopeRow from) {
        KeyContext context = Contexts.kek(from.scope(), from.kekId(), from.kekVersion(), from.cmkUri());
        try (SecretBytes x = kms.unwrap(from.cmkUri(), Base64.getDecoder().decode(from.wrappedX()), context);
                SecretBytes outer = derived(x)) {
            return Aead.unwrap(outer, Base64.getDecoder().decode(from.wrappedKek()), context);
        }
    }

    static SecretBytes derived(SecretBytes x) {
        byte[] bytes = x.expose(SecretAccess.WRAPPING);
        try {
            return SecretBytes.taking(Hkdf.computeHkdf(
                    "HmacSha256", bytes, new byte[0], "sluice kek".getBytes(StandardCharsets.US_ASCII), 32));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the crypto provider cannot derive", e);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** A new data key's wrapped form. */
    String wrap(SecretBytes dek, String subject, String id, int version) {
        return with((kek, deks) -> Base64.getEncoder()
                .encodeToString(Aead.wrap(
                        kek, dek, Contexts.dek(row.scope(), subject, id, version, row.kekId(), row.kekVersion()))));
    }

    /** A key of the subject that is open already; the store need not be asked for it. */
    Optional<DataKey> lent(String id, int version, String subject) {
        LentKey key = usable().opened(id, version);
        return Optional.<DataKey>ofNullable(key != null && key.subject().equals(subject) ? key : null);
    }

    DataKey lend(DekRow dek) {
        return with((kek, deks) -> deks.computeIfAbsent(dek.id() + "/" + dek.version(), name -> {
            SecretBytes secret = Aead.unwrap(
                    kek,
                    Base64.getDecoder().decode(dek.wrapped()),
                    Contexts.dek(dek.scope(), dek.subject(), dek.id(), dek.version(), dek.kekId(), dek.kekVersion()));
            return new LentKey(this, dek, secret, row.epoch());
        }));
    }

    private <T> T with(BiFunction<SecretBytes, java.util.Map<String, LentKey>, T> use) {
        T done = usable().with(use);
        // A revocation came in between. Asking again tells which.
        if (done == null) done = usable().with(use);
        if (done == null) throw revoked("it was withdrawn since this reading began");
        return done;
    }

    synchronized void close() {
        wipe();
    }

    private void wipe() {
        Held now = held;
        held = null;
        if (now != null) now.keys.wipe();
    }

    KeyRevokedException revoked(String why) {
        return new KeyRevokedException(
                row.scope(), "The key of scope " + row.scope() + " may not be used: " + why + ".");
    }
}
