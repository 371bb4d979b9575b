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
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one scope that are open in memory. Everything hangs on one lease: when it ends, by time, by a denial of
 * the key service or by a revocation, KEK and data keys are wiped together and what was lent is refused from then on.
 *
 * <p>The common check is two volatile reads and a clock; only a renewal takes the lock, so that many callers cause one
 * call to the key service.
 */
final class ScopeKeys {
    private final KeyService kms;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Lease.Terms terms;
    private volatile ScopeRow row;
    private volatile @Nullable Open open;

    /** KEK and data keys under one lease. */
    private record Open(SecretBytes kek, Lease lease, Map<String, LentKey> deks) {
        void wipe() {
            kek.close();
            deks.values().forEach(key -> key.secret().close());
            deks.clear();
        }
    }

    ScopeKeys(ScopeRow row, KeyService kms, Clock clock, LongSupplier nanos, Lease.Terms terms) {
        this.row = row;
        this.kms = kms;
        this.clock = clock;
        this.nanos = nanos;
        this.terms = terms;
    }

    ScopeRow row() {
        return row;
    }

    Optional<Long> leaseAgeSeconds() {
        Open now = open;
        return now == null
                ? Optional.empty()
                : Optional.of(now.lease.age(clock.instant(), nanos.getAsLong()).toSeconds());
    }

    /** The state as the store has it now. What was open under another epoch is wiped. */
    synchronized void moved(ScopeRow next) {
        if (next.epoch() < row.epoch())
            throw new KeyStateException("Scope " + next.scope() + " fell from epoch " + row.epoch() + " to "
                    + next.epoch() + ": the key store was set back. Nothing is opened until it is put right.");
        boolean isNew = next.epoch() > row.epoch();
        row = next;
        if (isNew) wipe();
    }

    /** Throws unless keys of this scope may be used at this very moment; renews the lease if it is due. */
    void requireUsable() {
        usable();
    }

    private Open usable() {
        ScopeRow now = row;
        if (now.state() != ScopeState.ACTIVE) throw revoked("its owner has withdrawn it");
        Open held = open;
        if (held != null && held.lease.at(clock.instant(), nanos.getAsLong()) == Lease.Standing.FRESH) return held;
        return renewed();
    }

    private synchronized Open renewed() {
        if (row.state() != ScopeState.ACTIVE) throw revoked("its owner has withdrawn it");
        @Nullable Open held = open;
        Lease.Standing standing =
                held == null ? Lease.Standing.DEAD : held.lease.at(clock.instant(), nanos.getAsLong());
        if (held != null && standing == Lease.Standing.FRESH) return held;
        try {
            SecretBytes kek = unwrapKek(row);
            Lease lease = new Lease(clock.instant(), nanos.getAsLong(), terms);
            if (held == null) return open = new Open(kek, lease, new ConcurrentHashMap<>());
            // Same KEK, new lease: what was lent stays good.
            kek.close();
            return open = new Open(held.kek, lease, held.deks);
        } catch (KmsException e) {
            return afterFailure(e, held, standing);
        }
    }

    private Open afterFailure(KmsException failure, @Nullable Open held, Lease.Standing standing) {
        switch (failure.kind()) {
            case UNREACHABLE -> {
                if (held != null && standing == Lease.Standing.DUE) return held;
                wipe();
                throw new KeyUnavailableException(
                        "The key service of scope " + row.scope() + " cannot be reached. Try again later.", failure);
            }
            case DENIED -> {
                wipe();
                throw revoked("the key service denies its use");
            }
            case CORRUPT -> {
                wipe();
                throw revoked("its stored form is damaged and is kept aside");
            }
        }
        throw new IllegalStateException("an unknown kind of failure: " + failure.kind());
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
        Open held = usable();
        return Base64.getEncoder()
                .encodeToString(Aead.wrap(
                        held.kek, dek, Contexts.dek(row.scope(), subject, id, version, row.kekId(), row.kekVersion())));
    }

    DataKey lend(DekRow dek) {
        Open held = usable();
        return held.deks.computeIfAbsent(dek.id() + "/" + dek.version(), name -> {
            SecretBytes secret = Aead.unwrap(
                    held.kek,
                    Base64.getDecoder().decode(dek.wrapped()),
                    Contexts.dek(dek.scope(), dek.subject(), dek.id(), dek.version(), dek.kekId(), dek.kekVersion()));
            return new LentKey(dek.id(), dek.version(), secret, row.epoch());
        });
    }

    private final class LentKey implements DataKey {
        private final String id;
        private final int version;
        private final SecretBytes secret;
        private final long epoch;

        LentKey(String id, int version, SecretBytes secret, long epoch) {
            this.id = id;
            this.version = version;
            this.secret = secret;
            this.epoch = epoch;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public int version() {
            return version;
        }

        @Override
        public SecretBytes secret() {
            return secret;
        }

        @Override
        public void requireUsable() {
            if (row.epoch() != epoch) throw revoked("it was withdrawn since this reading began");
            usable();
        }
    }

    private void wipe() {
        Open held = open;
        open = null;
        if (held != null) held.wipe();
    }

    private KeyRevokedException revoked(String why) {
        return new KeyRevokedException(
                row.scope(), "The key of scope " + row.scope() + " may not be used: " + why + ".");
    }
}
