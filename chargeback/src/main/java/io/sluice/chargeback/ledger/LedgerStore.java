package io.sluice.chargeback.ledger;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Keeps the entries. Nothing in this port edits or removes one. Safe for use by many threads. */
public interface LedgerStore {
    /**
     * Appends an entry unless the receipt has one already. Atomic and one at a time: {@code next} is given the end of
     * the chain, which stays the end until its answer is stored.
     */
    Appended append(String receiptId, Function<ChainHead, LedgerEntry> next);

    Optional<LedgerEntry> find(String receiptId);

    ChainHead head();

    /** The entries after a sequence number, in order, at most {@code limit}. */
    List<LedgerEntry> after(long sequence, int limit);

    /** Gives all entries that occurred in a period, as of one instant, in the order of their sequence. */
    void scan(Period period, Consumer<LedgerEntry> reader);

    /** @param isNew false when the receipt had been recorded before; {@code entry} is then the old entry */
    record Appended(LedgerEntry entry, boolean isNew) {}
}
