package io.sluice.chargeback.ledger;

import io.sluice.model.usage.TransferReceipt;
import java.time.Instant;
import java.util.List;

/**
 * A group of postings in its place in the chain.
 *
 * @param sequence 1, 2, 3, without gaps
 * @param recordedAt when we heard of it; when it happened is the receipt's {@code finishedAt}
 * @param hash SHA-256 over the previous hash and the canonical bytes of the rest, in hexadecimal
 */
public record LedgerEntry(
        long sequence,
        TransferReceipt receipt,
        List<Posting> postings,
        Instant recordedAt,
        String previousHash,
        String hash) {
    public LedgerEntry {
        postings = List.copyOf(postings);
    }

    /** The next entry after {@code head}. */
    static LedgerEntry chained(ChainHead head, PostingGroup group, Instant recordedAt) {
        LedgerEntry open =
                new LedgerEntry(head.sequence() + 1, group.receipt(), group.postings(), recordedAt, head.hash(), "");
        return new LedgerEntry(
                open.sequence, open.receipt, open.postings, recordedAt, open.previousHash, open.computeHash());
    }

    /** When the bytes had moved: decides the period and the rate card. */
    public Instant occurredAt() {
        return receipt.finishedAt();
    }

    /** Bytes that {@code account} owes for in this entry; zero when it has no posting. */
    public long debitOf(Account account) {
        return postings.stream()
                .filter(posting -> posting.account().equals(account))
                .mapToLong(Posting::bytes)
                .sum();
    }

    ChainHead asHead() {
        return new ChainHead(sequence, hash);
    }

    String computeHash() {
        CanonicalBytes bytes = new CanonicalBytes()
                .text(previousHash)
                .number(sequence)
                .text(receipt.id())
                .text(receipt.replica())
                .text(receipt.producer())
                .text(receipt.lane().from().toString())
                .text(receipt.lane().to().toString())
                .number(receipt.fromVersion())
                .number(receipt.toVersion())
                .number(receipt.wire().bytes())
                .number(receipt.logical().bytes())
                .number(receipt.files())
                .instant(receipt.startedAt())
                .instant(receipt.finishedAt())
                .instant(recordedAt)
                .number(postings.size());
        postings.forEach(posting -> bytes.text(posting.account().name()).number(posting.bytes()));
        return bytes.sha256();
    }
}
