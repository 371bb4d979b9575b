package io.sluice.server.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.model.usage.TransferReceipt;
import io.sluice.replica.UsageSink;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.LongAdder;

/** What syncs moved. A receipt that is delivered twice counts twice here; the ledger is the place for exact sums. */
@Singleton
public final class Transfers {
    private final LongAdder receipts = new LongAdder();
    private final LongAdder wire = new LongAdder();
    private final LongAdder logical = new LongAdder();

    Transfers(MeterRegistry meters) {
        Metric.SYNCS.count(meters, receipts, LongAdder::sum);
        Metric.SYNC_WIRE.count(meters, wire, LongAdder::sum);
        Metric.SYNC_LOGICAL.count(meters, logical, LongAdder::sum);
    }

    /** The sink, counted. */
    public UsageSink before(UsageSink sink) {
        return receipt -> {
            sink.record(receipt);
            add(receipt);
        };
    }

    private void add(TransferReceipt receipt) {
        receipts.increment();
        wire.add(receipt.wire().bytes());
        logical.add(receipt.logical().bytes());
    }
}
