package io.sluice.chargeback.ledger;

import io.sluice.model.failure.Failure;
import io.sluice.model.usage.ByteCount;
import io.sluice.model.usage.TransferReceipt;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/**
 * The postings of one receipt. They always sum to zero: what the lane carried, somebody answers for.
 *
 * <pre>
 *   lane:A->B              credit  W      body bytes that left the source store, every attempt
 *   producer:P             debit   L      sizes of the files that were moved and that the replica gained
 *   platform:retry-waste   debit   W - L  the rest: retries, crashed attempts, reading the source's log
 * </pre>
 *
 * L counts a file only when its bytes were moved, so it never exceeds W; a file reused at the target costs nobody
 * anything. Accounts with no bytes get no posting.
 */
public record PostingGroup(TransferReceipt receipt, List<Posting> postings) {
    public PostingGroup {
        postings = List.copyOf(postings);
        long sum = sumOf(postings);
        if (sum != 0)
            throw new IllegalStateException(
                    "the postings of receipt " + receipt.id() + " sum to " + sum + ", not to zero: " + postings);
    }

    /** Debits and credits for a receipt. */
    public static PostingGroup of(TransferReceipt receipt) {
        refuseMoreLogicalThanWire(receipt);
        TransferReceipt kept = atStoredPrecision(receipt);
        List<Posting> postings = Stream.of(
                        Posting.credit(Account.lane(kept.lane()), kept.wire()),
                        Posting.debit(Account.producer(kept.producer()), kept.logical()),
                        Posting.debit(Account.RETRY_WASTE, waste(kept)))
                .filter(posting -> posting.bytes() != 0)
                .toList();
        return new PostingGroup(kept, postings);
    }

    public ByteCount waste() {
        return waste(receipt);
    }

    static long sumOf(List<Posting> postings) {
        long sum = 0;
        for (Posting posting : postings) sum = Math.addExact(sum, posting.bytes());
        return sum;
    }

    private static ByteCount waste(TransferReceipt receipt) {
        return receipt.wire().minus(receipt.logical());
    }

    private static void refuseMoreLogicalThanWire(TransferReceipt receipt) {
        if (receipt.logical().compareTo(receipt.wire()) > 0)
            throw Failure.invalid(
                    "Receipt %s claims %s of moved files but only %s crossed the lane. Count as logical only files "
                            + "whose bytes were moved; files reused at the target count as nothing.",
                    receipt.id(), receipt.logical(), receipt.wire());
    }

    /** Microseconds survive both databases; what is hashed must be what is read back. */
    private static TransferReceipt atStoredPrecision(TransferReceipt r) {
        return new TransferReceipt(
                r.id(),
                r.replica(),
                r.producer(),
                r.lane(),
                r.fromVersion(),
                r.toVersion(),
                r.wire(),
                r.logical(),
                r.files(),
                r.startedAt().truncatedTo(ChronoUnit.MICROS),
                r.finishedAt().truncatedTo(ChronoUnit.MICROS));
    }
}
