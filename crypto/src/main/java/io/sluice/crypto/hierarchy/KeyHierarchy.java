package io.sluice.crypto.hierarchy;

import io.sluice.crypto.kms.Aead;
import io.sluice.crypto.kms.KeyContext;
import io.sluice.crypto.kms.KeyService;
import io.sluice.crypto.kms.KmsException;
import io.sluice.crypto.seal.CorruptObjectException;
import io.sluice.crypto.seal.DataKey;
import io.sluice.crypto.seal.DataKeys;
import io.sluice.crypto.seal.ObjectSealer;
import io.sluice.crypto.seal.TinkObjectSealer;
import io.sluice.crypto.secret.SecretBytes;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The customer's master key wraps a key encryption key for each scope, which wraps a data key for each subject. What is
 * revoked is a scope: everything sealed below it goes dark with it, at once.
 *
 * <p>Wrapped keys are in the {@link KeyStore}; open ones are in memory only, as long as their lease. Safe for use by
 * many threads.
 */
public final class KeyHierarchy {
    private static final System.Logger LOG = System.getLogger(KeyHierarchy.class.getName());
    private static final int KEY_BYTES = 32;

    private final KeyStore store;
    private final KeyService kms;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Lease.Terms terms;
    private final Map<String, ScopeKeys> scopes = new ConcurrentHashMap<>();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    /**
     * @param leaseLife how long a KEK is used before the key service is asked again
     * @param grace how much longer while the key service cannot be reached
     */
    public record Settings(Duration leaseLife, Duration grace) {
        public static final Settings DEFAULT = new Settings(Duration.ofSeconds(60), Duration.ofMinutes(5));
    }

    /** @param nanos a clock that never goes back, such as {@code System::nanoTime} */
    public KeyHierarchy(KeyStore store, KeyService kms, Clock clock, LongSupplier nanos, Settings settings) {
        this.store = store;
        this.kms = kms;
        this.clock = clock;
        this.nanos = nanos;
        this.terms = new Lease.Terms(settings.leaseLife(), settings.grace());
    }

    /** Makes the scope's key under the master key; a scope that has one keeps it, and its master key. */
    public void register(String scope, String cmkUri) {
        Optional<ScopeRow> known = store.scope(scope);
        if (known.isPresent()) {
            requireSameMaster(known.get(), cmkUri);
            return;
        }
        String kekId = UUID.randomUUID().toString();
        KeyContext context = Contexts.kek(scope, kekId, 1, cmkUri);
        try (SecretBytes x = SecretBytes.random(KEY_BYTES);
                SecretBytes kek = SecretBytes.random(KEY_BYTES);
                SecretBytes outer = ScopeKeys.derived(x)) {
            ScopeRow row = new ScopeRow(
                    scope,
                    ScopeState.ACTIVE,
                    1,
                    cmkUri,
                    kekId,
                    1,
                    Base64.getEncoder().encodeToString(kms.wrap(cmkUri, x, context)),
                    Base64.getEncoder().encodeToString(Aead.wrap(outer, kek, context)));
            // A key that cannot be opened again must not be relied on.
            keys(row).probe(row);
            ScopeRow kept = store.insertIfAbsent(row);
            requireSameMaster(kept, cmkUri);
            keysOf(kept);
        }
    }

    private static void requireSameMaster(ScopeRow row, String cmkUri) {
        if (!row.cmkUri().equals(cmkUri))
            throw new KeyStateException("Scope " + row.scope() + " has the master key " + row.cmkUri() + ", not "
                    + cmkUri + ". Another master key comes by rotation.");
    }

    public ObjectSealer sealerFor(String scope, String subject) {
        return new TinkObjectSealer(dataKeys(scope, subject), subject);
    }

    /** The data keys of a subject; the first one is made on the first use that seals. */
    public DataKeys dataKeys(String scope, String subject) {
        ScopeKeys keys = scope(scope);
        return new DataKeys() {
            @Override
            public String scope() {
                return scope;
            }

            @Override
            public DataKey current() {
                return keys.lend(store.current(scope, subject).orElseGet(() -> create(keys, scope, subject)));
            }

            @Override
            public DataKey find(String id, int version) throws CorruptObjectException {
                // Usability first: a caller without the right to it learns nothing of what exists.
                Optional<DataKey> opened = keys.lent(id, version, subject);
                if (opened.isPresent()) return opened.get();
                DekRow row = store.find(id, version)
                        .filter(found ->
                                found.scope().equals(scope) && found.subject().equals(subject))
                        .orElseThrow(() -> new CorruptObjectException("the object names a key that is not its own"));
                try {
                    return keys.lend(row);
                } catch (KmsException e) {
                    throw new CorruptObjectException("the stored form of key " + id + " does not open", e);
                }
            }
        };
    }

    private DekRow create(ScopeKeys keys, String scope, String subject) {
        String id = UUID.randomUUID().toString();
        try (SecretBytes dek = SecretBytes.random(KEY_BYTES)) {
            ScopeRow row = keys.row();
            return store.insertIfAbsent(
                    new DekRow(id, 1, scope, subject, row.kekId(), row.kekVersion(), keys.wrap(dek, subject, id, 1)));
        }
    }

    public long epoch(String scope) {
        return scope(scope).row().epoch();
    }

    /** The scope's epoch, if it may be read. Answers from memory while the lease is fresh. */
    public long readableEpoch(String scope) {
        ScopeKeys keys = scope(scope);
        keys.requireUsable();
        return keys.row().epoch();
    }

    /** Withdraws the scope at once. Requires: the epoch that the caller has seen is still the scope's. */
    public ScopeStatus revoke(String scope, long expectedEpoch, String reason) {
        ScopeKeys keys = scope(scope);
        ScopeRow now = keys.row();
        if (now.state() != ScopeState.ACTIVE)
            throw new KeyStateException("Scope " + scope + " is " + now.state() + "; only an ACTIVE one is revoked.");
        move(keys, now, expectedEpoch, ScopeState.SUSPENDED, "revokeKey", reason);
        return status(keys);
    }

    /** Brings a withdrawn scope back. The master key must open the scope's key first. */
    public ScopeStatus restore(String scope) {
        ScopeKeys keys = scope(scope);
        ScopeRow now = keys.row();
        if (now.state() != ScopeState.SUSPENDED)
            throw new KeyStateException(
                    "Scope " + scope + " is " + now.state() + "; only a SUSPENDED one is restored.");
        keys.probe(now);
        move(keys, now, now.epoch(), ScopeState.ACTIVE, "restoreKey", "");
        return status(keys);
    }

    private void move(ScopeKeys keys, ScopeRow now, long expectedEpoch, ScopeState next, String action, String reason) {
        ScopeRow moved = now.moved(next);
        if (now.epoch() != expectedEpoch || !stored(keys, moved, action, reason))
            throw new KeyStateException("Scope " + now.scope() + " changed meanwhile: it was expected at epoch "
                    + expectedEpoch + ". Look again and repeat.");
        keys.moved(moved);
        tell(now.scope());
    }

    private boolean stored(ScopeKeys keys, ScopeRow moved, String action, String reason) {
        try {
            return store.move(moved, action, reason);
        } catch (RuntimeException e) {
            // The answer may be lost after the change went through: closed until the store tells.
            keys.doubt();
            tell(moved.scope());
            throw e;
        }
    }

    /** The change stands, whatever becomes of those who hear of it. */
    private void tell(String scope) {
        for (Consumer<String> listener : listeners) {
            try {
                listener.accept(scope);
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "a listener failed at the change of scope " + scope, e);
            }
        }
    }

    /** The key service refuses: that stays so until somebody restores the scope, who must be able to open it. */
    private void denied(ScopeRow row) {
        ScopeKeys keys = scope(row.scope());
        try {
            ScopeRow suspended = row.moved(ScopeState.SUSPENDED);
            if (!store.move(suspended, "suspendKey", "the key service denies the use of " + row.cmkUri())) return;
            keys.moved(suspended);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "the denial of scope " + row.scope() + " was not written down", e);
            keys.doubt();
        }
        tell(row.scope());
    }

    /** Called with the scope after each change of its state. */
    public void onEpochChange(Consumer<String> listener) {
        listeners.add(listener);
    }

    /** Reads the states again, because another pod may have changed them. One statement; call it every second. */
    public void refresh() {
        for (ScopeRow read : store.scopes()) {
            try {
                refresh(keysOf(read), read);
            } catch (RuntimeException e) {
                // One scope in disorder is no reason to leave the others as they were.
                LOG.log(Level.WARNING, "scope " + read.scope() + " cannot be brought up to date", e);
            }
        }
    }

    private void refresh(ScopeKeys keys, ScopeRow read) {
        // Our own revocation may have come between the reading and now: only a second reading proves a fall.
        ScopeRow row =
                read.epoch() < keys.row().epoch() ? store.scope(read.scope()).orElse(read) : read;
        boolean isNews = keys.row().epoch() != row.epoch();
        keys.moved(row);
        if (isNews) tell(row.scope());
    }

    /** Asks the key service about each scope whose keys are open: its owner may have withdrawn the master key there. */
    public void probe() {
        scopes.values().forEach(ScopeKeys::probeOpen);
    }

    public List<ScopeStatus> status() {
        return store.scopes().stream().map(row -> status(keysOf(row))).toList();
    }

    public ScopeStatus status(String scope) {
        return status(scope(scope));
    }

    private ScopeStatus status(ScopeKeys keys) {
        ScopeRow row = keys.row();
        return new ScopeStatus(
                row.scope(),
                row.state(),
                row.epoch(),
                row.cmkUri(),
                cmkState(row),
                row.kekId(),
                row.kekVersion(),
                store.countDeks(row.scope()),
                keys.leaseAgeSeconds());
    }

    private String cmkState(ScopeRow row) {
        try {
            return kms.describe(row.cmkUri()).name();
        } catch (KmsException e) {
            return e.kind().name();
        }
    }

    private ScopeKeys scope(String scope) {
        ScopeKeys known = scopes.get(scope);
        if (known != null) return known;
        return keysOf(store.scope(scope).orElseThrow(() -> new UnknownScopeException(scope)));
    }

    private ScopeKeys keysOf(ScopeRow row) {
        return scopes.computeIfAbsent(row.scope(), name -> keys(row));
    }

    private ScopeKeys keys(ScopeRow row) {
        return new ScopeKeys(row, kms, clock, nanos, terms, this::denied);
    }
}
