package io.sluice.replica.journal;

import io.sluice.model.usage.ByteCount;

/** Sums over all receipts of a replica whose commits landed. */
public record Totals(int receipts, long files, ByteCount wire, ByteCount logical) {
    public static final Totals NONE = new Totals(0, 0, ByteCount.ZERO, ByteCount.ZERO);

    Totals plus(UsageManifest manifest) {
        return new Totals(
                receipts + 1,
                files + manifest.receipt().files(),
                wire.plus(manifest.receipt().wire()),
                logical.plus(manifest.receipt().logical()));
    }
}
