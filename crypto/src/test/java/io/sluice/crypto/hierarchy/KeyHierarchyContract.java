package io.sluice.crypto.hierarchy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.crypto.kms.KmsException;
import io.sluice.crypto.kms.KmsException.Kind;
import io.sluice.crypto.kms.LocalKms;
import io.sluice.crypto.seal.CorruptObjectException;
import io.sluice.crypto.seal.DataKey;
import io.sluice.crypto.seal.KeyRevokedException;
import io.sluice.crypto.seal.KeyUnavailableException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the hierarchy promises over any store of keys. */
abstract class KeyHierarchyContract {
    private static final String FINANCE = "catalog:finance";

    @TempDir
    Path folder;

    private long nanos = 1_000;
    private Instant now = Instant.parse("2026-11-21T12:00:00Z");
    private LocalKms local;
    private FaultyKeyService kms;
    private KeyStore store;
    private KeyHierarchy keys;

    abstract KeyStore freshStore() throws Exception;

    @BeforeEach
    void registerAScope() throws Exception {
        local = new LocalKms(folder.resolve("kms"));
        kms = new FaultyKeyService(local);
        store = freshStore();
        keys = hierarchy();
        keys.register(FINANCE, local.create("finance"));
    }

    private KeyHierarchy hierarchy() {
        Clock clock = new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
        return new KeyHierarchy(store, kms, clock, () -> nanos, KeyHierarchy.Settings.DEFAULT);
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
        now = now.plus(time);
    }

    @Test
    void aRestartHandsOutTheSameDataKey() throws CorruptObjectException {
        DataKey before = keys.dataKeys(FINANCE, "t1").current();
        DataKey after = hierarchy().dataKeys(FINANCE, "t1").find(before.id(), before.version());
        assertThat(after.secret()).isEqualTo(before.secret());
        assertThat(keys.dataKeys(FINANCE, "t2").current().secret()).isNotEqualTo(before.secret());
    }

    @Test
    void aScopeThatIsRegisteredAgainKeepsItsKey() {
        DataKey before = keys.dataKeys(FINANCE, "t1").current();
        keys.register(FINANCE, "local-kms://finance");
        assertThatThrownBy(() -> keys.register(FINANCE, local.create("other")))
                .isInstanceOf(KeyStateException.class)
                .hasMessageContaining("has the master key local-kms://finance");
        assertThat(keys.status(FINANCE).cmkUri()).isEqualTo("local-kms://finance");
        assertThat(keys.dataKeys(FINANCE, "t1").current().id()).isEqualTo(before.id());
    }

    @Test
    void aKeyOfOneSubjectIsNotFoundForAnother() {
        DataKey key = keys.dataKeys(FINANCE, "t1").current();
        assertThatThrownBy(() -> keys.dataKeys(FINANCE, "t2").find(key.id(), 1))
                .isInstanceOf(CorruptObjectException.class);
    }

    @Test
    void aRevocationRefusesWhatWasLentBeforeAndARestoreDoesNotReviveIt() {
        DataKey lent = keys.dataKeys(FINANCE, "t1").current();
        List<String> told = new ArrayList<>();
        keys.onEpochChange(told::add);

        keys.revoke(FINANCE, 1, "contract ended");

        assertThatThrownBy(lent::requireUsable).isInstanceOf(KeyRevokedException.class);
        assertThatThrownBy(() -> lent.secret().expose(io.sluice.crypto.secret.SecretAccess.OPENING))
                .hasMessageContaining("wiped");
        assertThatThrownBy(() -> keys.dataKeys(FINANCE, "t1").current()).isInstanceOf(KeyRevokedException.class);
        assertThatThrownBy(() -> keys.readableEpoch(FINANCE)).isInstanceOf(KeyRevokedException.class);
        assertThat(told).containsExactly(FINANCE);

        keys.restore(FINANCE);

        assertThat(keys.readableEpoch(FINANCE)).isEqualTo(3);
        keys.dataKeys(FINANCE, "t1").current().requireUsable();
        assertThatThrownBy(lent::requireUsable).isInstanceOf(KeyRevokedException.class);
    }

    @Test
    void revokingWhatChangedMeanwhileIsRefused() {
        assertThatThrownBy(() -> keys.revoke(FINANCE, 7, "")).isInstanceOf(KeyStateException.class);
        keys.revoke(FINANCE, 1, "");
        assertThatThrownBy(() -> keys.revoke(FINANCE, 2, "")).isInstanceOf(KeyStateException.class);
        assertThat(keys.status(FINANCE).state()).isEqualTo(ScopeState.SUSPENDED);
    }

    @Test
    void aRestoreNeedsTheMasterKey() {
        keys.revoke(FINANCE, 1, "");
        local.disable("local-kms://finance");
        assertThatThrownBy(() -> keys.restore(FINANCE))
                .isInstanceOfSatisfying(
                        KmsException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DENIED));
        assertThat(keys.status(FINANCE).state()).isEqualTo(ScopeState.SUSPENDED);
        assertThat(keys.status(FINANCE).cmkState()).isEqualTo("DISABLED");
    }

    @Test
    void aMasterKeyThatWasDisabledAtItsServiceCutsWhenTheLeaseEnds() {
        DataKey lent = keys.dataKeys(FINANCE, "t1").current();
        local.disable("local-kms://finance");
        lent.requireUsable();
        pass(Duration.ofSeconds(61));
        assertThatThrownBy(lent::requireUsable).isInstanceOf(KeyRevokedException.class);

        // What was denied once stays refused, also after a restart, until somebody says otherwise.
        local.enable("local-kms://finance");
        assertThat(keys.status(FINANCE).state()).isEqualTo(ScopeState.SUSPENDED);
        assertThatThrownBy(() -> hierarchy().readableEpoch(FINANCE)).isInstanceOf(KeyRevokedException.class);
        keys.restore(FINANCE);
        keys.dataKeys(FINANCE, "t1").current().requireUsable();
    }

    @Test
    void aProbeNoticesAMasterKeyThatWasDisabledLongBeforeTheLeaseEnds() {
        DataKey lent = keys.dataKeys(FINANCE, "t1").current();
        List<String> told = new ArrayList<>();
        keys.onEpochChange(told::add);
        local.disable("local-kms://finance");

        keys.probe();

        assertThatThrownBy(lent::requireUsable).isInstanceOf(KeyRevokedException.class);
        assertThat(told).containsExactly(FINANCE);
    }

    @Test
    void aHangingKeyServiceDoesNotKeepARevocationWaiting() throws Exception {
        keys.dataKeys(FINANCE, "t1").current();
        pass(Duration.ofSeconds(61));
        kms.hang();
        ExecutorService reader = Executors.newSingleThreadExecutor();
        try {
            Future<Long> reading = reader.submit(() -> keys.readableEpoch(FINANCE));
            kms.awaitCaller();

            keys.revoke(FINANCE, 1, "now");

            kms.answer();
            assertThatThrownBy(reading::get).hasCauseInstanceOf(KeyRevokedException.class);
        } finally {
            reader.shutdownNow();
        }
    }

    @Test
    void aServiceThatIsAwayIsNotAskedByEveryCaller() {
        keys.dataKeys(FINANCE, "t1").current();
        kms.goDark();
        pass(Duration.ofMinutes(10));
        int before = kms.calls();
        for (int i = 0; i < 100; i++)
            assertThatThrownBy(() -> keys.readableEpoch(FINANCE)).isInstanceOf(KeyUnavailableException.class);
        assertThat(kms.calls() - before).isEqualTo(1);
        pass(Duration.ofSeconds(2));
        assertThatThrownBy(() -> keys.readableEpoch(FINANCE)).isInstanceOf(KeyUnavailableException.class);
        assertThat(kms.calls() - before).isEqualTo(2);
    }

    @Test
    void aListenerThatFailsNeitherStopsTheOthersNorTheRevocation() {
        List<String> told = new ArrayList<>();
        keys.onEpochChange(scope -> {
            throw new IllegalStateException("broken");
        });
        keys.onEpochChange(told::add);
        assertThat(keys.revoke(FINANCE, 1, "").state()).isEqualTo(ScopeState.SUSPENDED);
        assertThat(told).containsExactly(FINANCE);
    }

    @Test
    void readersAndARevocationAtOnceSeeKeysOrARefusalAndNothingElse() throws Exception {
        ExecutorService readers = Executors.newFixedThreadPool(8);
        try {
            for (int round = 0; round < 20; round++) {
                long epoch = keys.epoch(FINANCE);
                List<Future<String>> reads = new ArrayList<>();
                for (int i = 0; i < 64; i++) {
                    String subject = "t" + i;
                    reads.add(readers.submit(() -> {
                        try {
                            keys.dataKeys(FINANCE, subject).current().requireUsable();
                            return "read";
                        } catch (KeyRevokedException e) {
                            return "refused";
                        }
                    }));
                }
                keys.revoke(FINANCE, epoch, "");
                for (Future<String> read : reads) assertThat(read.get()).isIn("read", "refused");
                keys.restore(FINANCE);
            }
        } finally {
            readers.shutdownNow();
        }
    }

    @Test
    void anUnreachableServiceIsToleratedForTheGraceAndNoLonger() {
        DataKey lent = keys.dataKeys(FINANCE, "t1").current();
        kms.goDark();
        pass(Duration.ofSeconds(61));
        lent.requireUsable();
        pass(Duration.ofMinutes(5));
        assertThatThrownBy(lent::requireUsable).isInstanceOf(KeyUnavailableException.class);

        kms.comeBack();
        pass(Duration.ofSeconds(2));
        keys.dataKeys(FINANCE, "t1").current().requireUsable();
    }

    @Test
    void aMachineThatSleptHasNoLeaseLeft() {
        DataKey lent = keys.dataKeys(FINANCE, "t1").current();
        // Suspended: the monotonic clock stood still, the wall clock did not.
        now = now.plus(Duration.ofMinutes(10));
        kms.goDark();
        assertThatThrownBy(lent::requireUsable).isInstanceOf(KeyUnavailableException.class);
    }

    @Test
    void manyCallersAtOnceCauseOneCallToTheKeyService() throws Exception {
        keys = hierarchy();
        int before = kms.unwraps();
        ExecutorService callers = Executors.newFixedThreadPool(16);
        try {
            List<Callable<String>> calls = IntStream.range(0, 100)
                    .mapToObj(i -> (Callable<String>)
                            () -> keys.dataKeys(FINANCE, "t1").current().id())
                    .toList();
            List<String> ids = new ArrayList<>();
            for (Future<String> call : callers.invokeAll(calls)) ids.add(call.get());
            assertThat(ids.stream().distinct()).hasSize(1);
        } finally {
            callers.shutdownNow();
        }
        assertThat(kms.unwraps() - before).isEqualTo(1);
    }

    @Test
    void aStateThatAnotherPodWroteIsTakenOverAndAnOlderOneIsRefused() {
        DataKey lent = keys.dataKeys(FINANCE, "t1").current();
        hierarchy().revoke(FINANCE, 1, "");
        keys.refresh();
        assertThatThrownBy(lent::requireUsable).isInstanceOf(KeyRevokedException.class);
    }

    @Test
    void nothingThatIsPrintedHoldsAKey() {
        DataKey lent = keys.dataKeys(FINANCE, "t1").current();
        assertThat(lent.secret()).hasToString("SecretBytes[32]");
        assertThat(keys.status().toString()).doesNotContain("wrapped");
    }

    @Test
    void anUnknownScopeIsSaidToBeUnknown() {
        assertThatThrownBy(() -> keys.readableEpoch("catalog:nope")).isInstanceOf(UnknownScopeException.class);
    }
}
