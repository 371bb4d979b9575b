package io.sluice.replica.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** For demos and tests: as exact as the database, gone with the process. */
public final class MemorySyncJournal implements SyncJournal {
    private final Map<String, Attempt> attempts = new LinkedHashMap<>();
    private final Map<String, Receipt> receipts = new LinkedHashMap<>();

    private record Attempt(String replicaId, long wireBytes, long bookedBytes, List<Move> moves) {}

    private record Receipt(UsageManifest manifest, ReceiptState state) {}

    @Override
    public synchronized void open(String attemptId, String replicaId, Instant startedAt) {
        attempts.put(attemptId, new Attempt(replicaId, 0, 0, List.of()));
    }

    @Override
    public synchronized void progress(String attemptId, long wireBytes, List<Move> moved) {
        attempts.computeIfPresent(attemptId, (id, attempt) -> {
            List<Move> moves = new ArrayList<>(attempt.moves());
            moves.addAll(moved);
            long wire = Math.max(attempt.wireBytes(), wireBytes);
            return new Attempt(attempt.replicaId(), wire, attempt.bookedBytes(), List.copyOf(moves));
        });
    }

    @Override
    public synchronized OpenUsage openUsage(String replicaId) {
        List<Claim> claims = new ArrayList<>();
        List<Move> moves = new ArrayList<>();
        attempts.forEach((id, attempt) -> {
            if (!attempt.replicaId().equals(replicaId)) return;
            if (attempt.wireBytes() > attempt.bookedBytes())
                claims.add(new Claim(id, attempt.bookedBytes(), attempt.wireBytes()));
            attempt.moves().stream()
                    .filter(move -> move.position() > attempt.bookedBytes())
                    .forEach(moves::add);
        });
        return new OpenUsage(claims, moves);
    }

    @Override
    public synchronized boolean prepare(UsageManifest manifest) {
        if (!areOpen(manifest.claims())) return false;
        receipts.put(manifest.receipt().id(), new Receipt(manifest, ReceiptState.PREPARED));
        return true;
    }

    @Override
    public synchronized boolean bookWaste(UsageManifest manifest) {
        boolean anyPrepared =
                !receipts(manifest.replicaId(), ReceiptState.PREPARED).isEmpty();
        if (anyPrepared || !areOpen(manifest.claims())) return false;
        landed(manifest);
        return true;
    }

    @Override
    public synchronized void landed(UsageManifest manifest) {
        Receipt known = receipts.get(manifest.receipt().id());
        if (known != null && isLanded(known)) return;
        receipts.put(manifest.receipt().id(), new Receipt(manifest, ReceiptState.LANDED));
        Set<String> claimed = manifest.claims().stream().map(Claim::attemptId).collect(Collectors.toSet());
        attempts.replaceAll((id, attempt) -> claimed.contains(id) ? booked(attempt, claimOf(manifest, id)) : attempt);
    }

    @Override
    public synchronized void lost(String replicaId, long targetVersion) {
        receipts.replaceAll((id, receipt) -> receipt.state() == ReceiptState.PREPARED
                        && receipt.manifest().replicaId().equals(replicaId)
                        && receipt.manifest().targetVersion() <= targetVersion
                ? new Receipt(receipt.manifest(), ReceiptState.LOST)
                : receipt);
    }

    @Override
    public synchronized void delivered(String receiptId) {
        receipts.computeIfPresent(receiptId, (id, receipt) -> new Receipt(receipt.manifest(), ReceiptState.DELIVERED));
    }

    @Override
    public synchronized List<UsageManifest> receipts(String replicaId, ReceiptState state) {
        return of(replicaId)
                .filter(receipt -> receipt.state() == state)
                .map(Receipt::manifest)
                .sorted(Comparator.comparingLong(UsageManifest::targetVersion))
                .toList();
    }

    @Override
    public synchronized List<UsageManifest> recent(String replicaId, int limit) {
        return of(replicaId)
                .filter(MemorySyncJournal::isLanded)
                .map(Receipt::manifest)
                .filter(manifest -> manifest.targetVersion() != UsageManifest.NO_COMMIT)
                .sorted(Comparator.comparingLong(UsageManifest::targetVersion).reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Totals totals(String replicaId) {
        Totals totals = Totals.NONE;
        for (Receipt receipt : of(replicaId).filter(MemorySyncJournal::isLanded).toList())
            totals = totals.plus(receipt.manifest());
        return totals;
    }

    private boolean areOpen(List<Claim> claims) {
        return claims.stream().allMatch(claim -> {
            Attempt attempt = attempts.get(claim.attemptId());
            return attempt != null && attempt.bookedBytes() == claim.from();
        });
    }

    private Stream<Receipt> of(String replicaId) {
        return receipts.values().stream()
                .filter(receipt -> receipt.manifest().replicaId().equals(replicaId));
    }

    private static boolean isLanded(Receipt receipt) {
        return receipt.state() == ReceiptState.LANDED || receipt.state() == ReceiptState.DELIVERED;
    }

    private static Claim claimOf(UsageManifest manifest, String attemptId) {
        return manifest.claims().stream()
                .filter(claim -> claim.attemptId().equals(attemptId))
                .findFirst()
                .orElseThrow();
    }

    private static Attempt booked(Attempt attempt, Claim claim) {
        long booked = Math.max(attempt.bookedBytes(), claim.to());
        return new Attempt(attempt.replicaId(), Math.max(attempt.wireBytes(), booked), booked, attempt.moves());
    }
}
