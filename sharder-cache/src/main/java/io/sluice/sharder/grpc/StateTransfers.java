package io.sluice.sharder.grpc;

import io.sluice.sharder.Slice;
import io.sluice.sharder.Target;
import io.sluice.sharder.transfer.ByteBudget;
import io.sluice.sharder.transfer.StateAcquirer;
import io.sluice.sharder.transfer.TransferEvent;
import io.sluice.sharder.transfer.TransferMachine;
import io.sluice.sharder.transfer.TransferTerms;
import io.sluice.sharder.wire.StateTransferGrpc;
import io.sluice.sharder.wire.StateTransferGrpc.StateTransferStub;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The new owner's end of transfers: all that are under way to this pod, on one thread and within one budget. The
 * provider's end is {@link TransferService}.
 */
public final class StateTransfers implements AutoCloseable {
    private final Cluster cluster;
    private final StateAcquirer acquirer;
    private final TransferTerms terms;
    private final ByteBudget budget;
    private final EventLoop loop;
    private final PeerChannels channels;
    private final Set<Transfer> running = new LinkedHashSet<>();

    private StateTransfers(Cluster cluster, StateAcquirer acquirer, ByteBudget budget, TransferTerms terms, Time time) {
        this.cluster = cluster;
        this.acquirer = acquirer;
        this.terms = terms;
        this.budget = budget;
        this.loop = new EventLoop(time, "transfer-" + cluster.target());
        this.channels = new PeerChannels(cluster);
    }

    /** @param acquirer is called on the thread of the transfers */
    public static StateTransfers start(Cluster cluster, StateAcquirer acquirer, ByteBudget budget) {
        return start(cluster, acquirer, budget, TransferTerms.STANDARD, Time.system());
    }

    static StateTransfers start(
            Cluster cluster, StateAcquirer acquirer, ByteBudget budget, TransferTerms terms, Time time) {
        return new StateTransfers(cluster, acquirer, budget, terms, time);
    }

    /**
     * Begins to pull and returns at once.
     *
     * @param provider where the old owner's {@link TransferService} listens
     */
    public Transfer acquire(Slice slice, String provider) {
        Transfer transfer = new Transfer(this, slice, provider, new TransferMachine(terms, budget, loop.nanos()));
        loop.execute(() -> {
            running.add(transfer);
            transfer.begin(loop.nanos());
            settle();
        });
        return transfer;
    }

    @Override
    public void close() {
        loop.execute(() -> {
            List.copyOf(running).forEach(transfer -> transfer.on(new TransferEvent.Abandoned(), loop.nanos()));
            running.clear();
            channels.close();
        });
        loop.close();
    }

    Target target() {
        return cluster.target();
    }

    StateAcquirer acquirer() {
        return acquirer;
    }

    StateTransferStub stub(String provider) {
        var channel = channels.to(provider);
        // The channel may still be backing off from a failure that was repaired since.
        channel.resetConnectBackoff();
        return SecretCheck.present(cluster.secret(), StateTransferGrpc.newStub(channel));
    }

    void execute(Runnable task) {
        loop.execute(task);
    }

    void tell(Transfer transfer, TransferEvent event) {
        loop.execute(() -> tellNow(transfer, event));
    }

    /** Requires to be called on the loop. */
    void tellNow(Transfer transfer, TransferEvent event) {
        transfer.on(event, loop.nanos());
        settle();
    }

    private void advance() {
        long now = loop.nanos();
        List.copyOf(running).forEach(transfer -> transfer.advance(now));
        settle();
    }

    private void settle() {
        running.removeIf(Transfer::isOver);
        running.stream()
                .mapToLong(Transfer::wakeAtNanos)
                .min()
                .ifPresent(soonest -> loop.wakeAt(soonest, this::advance));
    }
}
