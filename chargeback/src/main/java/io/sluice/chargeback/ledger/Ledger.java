package io.sluice.chargeback.ledger;

import io.sluice.model.failure.Failure;
import io.sluice.model.usage.TransferReceipt;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * The byte ledger. A receipt delivered twice counts once, for ever. Nothing is edited in place; an entry that should
 * not be there will be answered by a reversal, which this version does not write yet.
 */
public final class Ledger {
    private static final int VERIFY_PAGE = 1_000;

    private final LedgerStore store;
    private final InstantSource clock;

    public Ledger(LedgerStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Posts a receipt, or finds that it is posted already. Throws {@code Failure} (invalid) if it does not balance. */
    public Recorded record(TransferReceipt receipt) {
        PostingGroup group = PostingGroup.of(receipt);
        var recordedAt = clock.instant().truncatedTo(ChronoUnit.MICROS);
        LedgerStore.Appended appended =
                store.append(receipt.id(), head -> LedgerEntry.chained(head, group, recordedAt));
        if (appended.isNew()) return new Recorded.Posted(appended.entry());
        refuseOtherContent(appended.entry(), group);
        return new Recorded.AlreadyPosted(appended.entry());
    }

    /** Walks the whole chain and names everything that is not as it was written. */
    public Verification verify() {
        List<String> differences = new ArrayList<>();
        ChainHead recorded = store.head(); // taken first: entries appended during the walk lie behind it
        ChainHead reached = ChainHead.EMPTY;
        for (List<LedgerEntry> page = store.after(0, VERIFY_PAGE); !page.isEmpty(); ) {
            for (LedgerEntry entry : page) {
                differencesOf(entry, reached, differences);
                reached = entry.asHead();
                if (reached.sequence() == recorded.sequence() && !reached.equals(recorded))
                    differences.add("the recorded head is " + recorded + ", but that entry's hash is " + entry.hash());
            }
            page = store.after(reached.sequence(), VERIFY_PAGE);
        }
        if (reached.sequence() < recorded.sequence())
            differences.add("the chain ends at entry " + reached.sequence() + ", before the recorded head " + recorded);
        return new Verification(reached, differences);
    }

    private static void differencesOf(LedgerEntry entry, ChainHead before, List<String> differences) {
        String name =
                "entry " + entry.sequence() + " (receipt " + entry.receipt().id() + ")";
        if (entry.sequence() != before.sequence() + 1)
            differences.add(name + " follows " + before.sequence() + ": entries are missing");
        if (!entry.previousHash().equals(before.hash()))
            differences.add(name + " is chained to " + entry.previousHash() + ", expected " + before.hash());
        if (!entry.hash().equals(entry.computeHash())) differences.add(name + " is not what was hashed");
        long sum = PostingGroup.sumOf(entry.postings());
        if (sum != 0) differences.add(name + " sums to " + sum + " bytes");
    }

    private static void refuseOtherContent(LedgerEntry known, PostingGroup group) {
        if (!known.receipt().equals(group.receipt()))
            throw Failure.invalid(
                    "Receipt %s is recorded already with other contents: recorded %s, delivered %s. An entry is never "
                            + "edited; deliver the difference under an id of its own.",
                    group.receipt().id(), known.receipt(), group.receipt());
    }

    /** What became of a delivery. */
    public sealed interface Recorded {
        LedgerEntry entry();

        record Posted(LedgerEntry entry) implements Recorded {}

        /** The same receipt had been delivered before; nothing changed. */
        record AlreadyPosted(LedgerEntry entry) implements Recorded {}
    }

    /**
     * @param head the end that the walk reached; publish its hash to make later changes provable
     * @param differences empty when the chain is whole
     */
    public record Verification(ChainHead head, List<String> differences) {
        public Verification {
            differences = List.copyOf(differences);
        }

        public boolean isWhole() {
            return differences.isEmpty();
        }
    }
}
