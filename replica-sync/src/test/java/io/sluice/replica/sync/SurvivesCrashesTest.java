package io.sluice.replica.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.lake.delta.DeltaLog;
import io.sluice.lake.delta.DemoTable;
import io.sluice.lake.delta.TableAuthor;
import io.sluice.lake.store.ByteRange;
import io.sluice.lake.store.ObjectInfo;
import io.sluice.lake.store.ObjectStore;
import io.sluice.lake.table.DataFile;
import io.sluice.lake.table.TableCommit;
import io.sluice.model.usage.TransferReceipt;
import io.sluice.replica.UsageSink;
import io.sluice.replica.journal.SyncJournal;
import io.sluice.replica.plan.CopyItem;
import io.sluice.replica.plan.FileDifference;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Kills a sync at the steps it takes (each request, each buffer, each line of the journal, before and after), then lets
 * another runner go on. A build takes every third step, {@code -Dsluice.crash.stride=1} takes all of them. Whatever the step: the same rows, one commit for the version, no object put twice,
 * one receipt, and no byte lost beyond the one buffer that the dead process had not yet told of.
 */
class SurvivesCrashesTest {
    private static final int MORE_STEPS_THAN_ANY_SYNC = 2_000;
    /** Odd, because steps before an effect and steps after one alternate. */
    private static final int STRIDE = Integer.getInteger("sluice.crash.stride", 3);

    private final MemoryObjects source = new MemoryObjects("source");
    private final MemoryObjects synced = new MemoryObjects("target");
    private Map<String, String> wanted;
    private long largestObject;

    @BeforeEach
    void buildSource() throws IOException {
        TableAuthor author = DemoTable.withVectors(source);
        author.append(DemoTable.rows(100, 200));
        new World(source, synced).sync();
        author.append(DemoTable.rows(200, 300));
        author.deleteWhere(row -> (long) row.get("n") % 9 == 0);
        author.deleteWhere(row -> (long) row.get("n") >= 200);
        author.append(DemoTable.rows(500, 550));
        wanted = objectsOf(source);
        for (Iterator<ObjectInfo> all = source.list("", ""); all.hasNext(); )
            largestObject = Math.max(largestObject, all.next().length());
    }

    @Test
    void aFirstSyncKilledAnywhereEndsAsIfItHadNotBeen() throws IOException {
        int steps = killEverywhere(false);
        assertThat(steps).isGreaterThan(60);
    }

    @Test
    void anIncrementKilledAnywhereEndsAsIfItHadNotBeen() throws IOException {
        int steps = killEverywhere(true);
        assertThat(steps).isGreaterThan(60);
    }

    private int killEverywhere(boolean syncedBefore) throws IOException {
        long logical = undisturbed(syncedBefore);
        for (int steps = 1; steps < MORE_STEPS_THAN_ANY_SYNC; steps += STRIDE) {
            World world = new World(source, target(syncedBefore));
            world.settings = new SyncSettings(1, World.bytes(1), 1, SyncSettings.Proof.LENGTH);
            if (!isKilled(world, new Lifeline(steps))) return steps;
            world.runner().run(world.replica);
            assertAllIsWell(world, syncedBefore, "killed at step " + steps);
            assertThat(receiptsOf(world, syncedBefore).get(0).logical().bytes())
                    .as("the producer pays each file once, but for one whose move was not noted (step %d)", steps)
                    .isBetween(logical - largestObject, logical);
        }
        throw new AssertionError("the sync takes more than " + MORE_STEPS_THAN_ANY_SYNC + " steps");
    }

    private long undisturbed(boolean syncedBefore) throws IOException {
        return new World(source, target(syncedBefore))
                .sync()
                .receipt()
                .logical()
                .bytes();
    }

    private ObjectStore target(boolean syncedBefore) {
        return syncedBefore ? synced.copy() : new MemoryObjects("target");
    }

    private boolean isKilled(World world, Lifeline lifeline) {
        SyncJournal journal = world.journal;
        world.journal = lifeline.wrap(SyncJournal.class, journal);
        world.aroundSource = lifeline::store;
        world.aroundTarget = lifeline::store;
        try {
            world.runner(lifeline.wrap(UsageSink.class, world)).run(world.replica);
            return false;
        } catch (Lifeline.Killed e) {
            return true;
        } finally {
            world.journal = journal;
            world.aroundSource = store -> store;
            world.aroundTarget = store -> store;
        }
    }

    private void assertAllIsWell(World world, boolean syncedBefore, String when) throws IOException {
        DeltaLog log = DeltaLog.at(world.targetTable);
        long version = log.latestVersion(-1);
        assertThat(objectsOf(world.targetTable)).as(when).isEqualTo(wanted);
        assertThat(version).as(when).isEqualTo(syncedBefore ? 1 : 0);
        assertThat(receiptsOf(world, syncedBefore)).as(when).hasSize(1);
        TransferReceipt receipt = receiptsOf(world, syncedBefore).get(0);
        assertThat(receipt.toVersion()).as(when).isEqualTo(DeltaLog.at(source).latestVersion(-1));
        assertThat(objectsPut(world))
                .as(when)
                .isLessThanOrEqualTo(objectsNeeded(log.changes(version, version).get(0)));
        long unbooked = world.source.traffic().readBytes() - bookedHere(world, syncedBefore);
        assertThat(unbooked).as(when).isBetween(0L, largestObject);
    }

    /** Receipts that gained a version in this world; wasted bytes of the second runner may have one of their own. */
    private static List<TransferReceipt> receiptsOf(World world, boolean syncedBefore) {
        return world.ledger.values().stream()
                .filter(receipt -> receipt.fromVersion() != receipt.toVersion())
                .filter(receipt -> !syncedBefore || receipt.fromVersion() >= 0)
                .toList();
    }

    /** The receipt of the sync before was read again from the target's log; its bytes are not of this world. */
    private static long bookedHere(World world, boolean syncedBefore) {
        return world.ledger.values().stream()
                .filter(receipt -> !syncedBefore || receipt.fromVersion() >= 0)
                .mapToLong(receipt -> receipt.wire().bytes())
                .sum();
    }

    /** Puts of anything but the commit and the checkpoint, which are two files. */
    private static long objectsPut(World world) {
        return world.copies.get();
    }

    private static long objectsNeeded(TableCommit commit) {
        return commit.actions().stream()
                .filter(action -> action.has("add"))
                .mapToLong(action -> action.path("add").has("deletionVector") ? 2 : 1)
                .sum();
    }

    /** Each live file with its vector, and what its bytes are. */
    private static Map<String, String> objectsOf(ObjectStore table) throws IOException {
        Map<String, String> objects = new TreeMap<>();
        for (DataFile file : DeltaLog.at(table).snapshot().files())
            for (CopyItem item :
                    FileDifference.between(List.of(), List.of(file)).objects())
                try (InputStream in = table.read(item.key(), ByteRange.ALL)) {
                    objects.put(
                            item.key() + " " + file.deletionVector(),
                            HexFormat.of().formatHex(in.readAllBytes()));
                }
        return objects;
    }
}
