package io.sluice.chargeback.ledger;

/** The end of the chain: how many entries there are and the hash of the last one. */
public record ChainHead(long sequence, String hash) {
    /** What the first entry is chained to. */
    public static final ChainHead EMPTY = new ChainHead(0, "0".repeat(64));
}
