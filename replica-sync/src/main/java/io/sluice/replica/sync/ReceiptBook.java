package io.sluice.replica.sync;

import io.sluice.model.usage.ByteCount;
import io.sluice.model.usage.TransferReceipt;
import io.sluice.replica.Replica;
import io.sluice.replica.journal.Move;
import io.sluice.replica.journal.OpenUsage;
import io.sluice.replica.journal.SyncJournal;
import io.sluice.replica.journal.UsageManifest;
import io.sluice.replica.plan.CopyItem;
import io.sluice.replica.plan.SyncPlan;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes receipts from what the journal has open. */
final class ReceiptBook {
    private static final int CLAIM_TRIES = 10;

    private final Replica replica;
    private final SyncJournal journal;
    private final UsageTally.Attempt attempt;

    ReceiptBook(Replica replica, SyncJournal journal, UsageTally.Attempt attempt) {
        this.replica = replica;
        this.journal = journal;
        this.attempt = attempt;
    }

    /**
     * Fixes the receipt of a commit that is about to be tried. Its wire bytes are all that no landed receipt has booked,
     * crashed attempts included. Its logical bytes are the moved objects among those that the commit adds: a file that
     * a crashed attempt brought counts, a file that was at the target before any of them does not.
     */
    UsageManifest prepare(SyncPlan plan, Instant now) {
        for (int tries = 0; tries < CLAIM_TRIES; tries++) {
            UsageManifest manifest = gained(plan, journal.openUsage(replica.id()), now);
            if (journal.prepare(manifest)) return manifest;
        }
        throw new IllegalStateException("the open usage of replica " + replica.name() + " changed " + CLAIM_TRIES
                + " times while it was claimed");
    }

    /** Books what crossed although nothing was left to sync, for example by the slower of two syncers. */
    void bookWaste(long sourceVersion, Instant now) {
        OpenUsage open = journal.openUsage(replica.id());
        if (open.wireBytes() == 0) return;
        long none = UsageManifest.NO_COMMIT;
        journal.bookWaste(manifest(open, sourceVersion, sourceVersion, none, ByteCount.ZERO, 0, now));
    }

    private UsageManifest gained(SyncPlan plan, OpenUsage open, Instant now) {
        Set<String> needed =
                plan.difference().objects().stream().map(CopyItem::key).collect(Collectors.toSet());
        Map<String, Long> moved = new HashMap<>();
        for (Move move : open.moves()) if (needed.contains(move.path())) moved.put(move.path(), move.bytes());
        long logical = moved.values().stream().mapToLong(Long::longValue).reduce(0, Math::addExact);
        // Two syncers at once can claim the head of a file on one receipt and its tail on the next: never charge more
        // than crossed.
        ByteCount charged = ByteCount.of(Math.min(logical, open.wireBytes()));
        return manifest(
                open, plan.fromVersion(), plan.toVersion(), plan.nextTargetVersion(), charged, moved.size(), now);
    }

    private UsageManifest manifest(
            OpenUsage open, long from, long to, long targetVersion, ByteCount logical, int files, Instant now) {
        TransferReceipt receipt = new TransferReceipt(
                receiptId(from, to, targetVersion),
                replica.name(),
                replica.producer(),
                replica.lane(),
                from,
                to,
                ByteCount.of(open.wireBytes()),
                logical,
                files,
                attempt.startedAt(),
                now);
        return new UsageManifest(receipt, replica.id(), targetVersion, open.claims());
    }

    /** Length-prefixed, so that no two lists of fields give one id. */
    private String receiptId(long from, long to, long targetVersion) {
        MessageDigest sha256 = sha256();
        for (String text : new String[] {replica.id(), attempt.id()}) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, utf8.length));
            sha256.update(utf8);
        }
        sha256.update(ByteBuffer.allocate(3 * Long.BYTES)
                .putLong(from)
                .putLong(to)
                .putLong(targetVersion)
                .flip());
        return HexFormat.of().formatHex(sha256.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
