package io.sluice.chargeback.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** For demos and tests: as exact as the database, gone with the process. */
public final class MemoryLedgerStore implements LedgerStore {
    private final List<LedgerEntry> entries = new ArrayList<>();
    private final Map<String, LedgerEntry> byReceipt = new HashMap<>();

    @Override
    public synchronized Appended append(String receiptId, Function<ChainHead, LedgerEntry> next) {
        LedgerEntry known = byReceipt.get(receiptId);
        if (known != null) return new Appended(known, false);
        LedgerEntry entry = next.apply(head());
        entries.add(entry);
        byReceipt.put(receiptId, entry);
        return new Appended(entry, true);
    }

    @Override
    public synchronized Optional<LedgerEntry> find(String receiptId) {
        return Optional.ofNullable(byReceipt.get(receiptId));
    }

    @Override
    public synchronized ChainHead head() {
        return entries.isEmpty()
                ? ChainHead.EMPTY
                : entries.get(entries.size() - 1).asHead();
    }

    @Override
    public synchronized List<LedgerEntry> after(long sequence, int limit) {
        return entries.stream()
                .filter(entry -> entry.sequence() > sequence)
                .limit(limit)
                .toList();
    }

    @Override
    public void scan(Period period, Consumer<LedgerEntry> reader) {
        List<LedgerEntry> seen;
        synchronized (this) {
            seen = List.copyOf(entries);
        }
        seen.stream().filter(entry -> period.contains(entry.occurredAt())).forEach(reader);
    }
}
