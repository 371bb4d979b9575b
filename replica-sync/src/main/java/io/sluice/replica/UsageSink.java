package io.sluice.replica;

import io.sluice.model.usage.TransferReceipt;

/** Where receipts go. Implementations must accept the same receipt twice. */
public interface UsageSink {
    void record(TransferReceipt receipt);
}
