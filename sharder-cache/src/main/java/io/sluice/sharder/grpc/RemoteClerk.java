package io.sluice.sharder.grpc;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.Clerk;
import io.sluice.sharder.watch.WatchAction;
import io.sluice.sharder.watch.WatchEvent;
import io.sluice.sharder.watch.WatchMachine;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/**
 * A clerk in a process that serves no slices itself. It watches the slicelet of another pod (or the assigner, which
 * speaks the same way); while that one is away it answers from the last map it saw.
 */
public final class RemoteClerk implements Clerk, AutoCloseable {
    private final EventLoop loop;
    private final WatchMachine machine;
    private final WatchClient client;
    private final String address;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private volatile Assignment assignment = Assignment.NONE;

    private RemoteClerk(Cluster cluster, String name, String address, Time time) {
        this.address = address;
        this.loop = new EventLoop(time, "clerk-" + cluster.target());
        this.machine = new WatchMachine(new SplittableRandom(), time.nanos());
        this.client = new WatchClient(cluster, name, loop, this::on);
        loop.execute(this::advance);
    }

    /**
     * Begins to watch and returns at once; see {@link #ready}.
     *
     * @param name of this process, for people
     * @param address what {@link Slicelet#serve} returned
     */
    public static RemoteClerk watch(Cluster cluster, String name, String address) {
        return watch(cluster, name, address, Time.system());
    }

    static RemoteClerk watch(Cluster cluster, String name, String address, Time time) {
        return new RemoteClerk(cluster, name, address, time);
    }

    @Override
    public Assignment assignment() {
        return assignment;
    }

    /** Done once the first assignment has arrived. */
    public CompletableFuture<Void> ready() {
        return ready.copy();
    }

    /** Why nothing is being heard, in words for an operator; empty when all is well. */
    public Optional<String> trouble() {
        return client.trouble();
    }

    @Override
    public void close() {
        loop.execute(client::close);
        loop.close();
    }

    private void on(WatchEvent event) {
        carryOut(machine.on(event, loop.nanos()));
    }

    private void advance() {
        carryOut(machine.advance(loop.nanos()));
    }

    private void carryOut(WatchMachine.Decision decision) {
        decision.actions().forEach(this::carryOut);
        loop.wakeAt(decision.wakeAtNanos(), this::advance);
    }

    private void carryOut(WatchAction action) {
        if (action instanceof WatchAction.Connect) client.connect(address);
        else if (action instanceof WatchAction.Disconnect) client.disconnect();
        else if (action instanceof WatchAction.Send send) client.send(send.message());
        else if (action instanceof WatchAction.Adopted adopted) {
            assignment = adopted.after();
            ready.complete(null);
        }
    }
}
