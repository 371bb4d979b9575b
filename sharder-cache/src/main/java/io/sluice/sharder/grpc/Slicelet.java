package io.sluice.sharder.grpc;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.Clerk;
import io.sluice.sharder.Generation;
import io.sluice.sharder.Ownership;
import io.sluice.sharder.OwnershipChange;
import io.sluice.sharder.Resource;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.load.LoadMeter;
import io.sluice.sharder.load.PodTraits;
import io.sluice.sharder.slicelet.Holdings;
import io.sluice.sharder.slicelet.SliceletAction;
import io.sluice.sharder.slicelet.SliceletEvent;
import io.sluice.sharder.slicelet.SliceletMachine;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A serving pod's part in a cluster: joins, keeps the lease, knows what may be served. {@link #owns} may be called from
 * any thread; it reads one volatile field and the clock.
 */
public final class Slicelet implements Ownership, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Slicelet.class);

    private final Cluster cluster;
    private final Resource self;
    private final Time time;
    private final EventLoop loop;
    private final EventLoop listening;
    private final SliceletListener listener;
    private final VitalSigns vitals;
    private final SliceletMachine machine;
    private final StoreThread store;
    private final WatchClient client;
    private final Relay relay;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CompletableFuture<SliceletAction.Cause> retired = new CompletableFuture<>();
    private volatile Holdings holdings;
    private volatile @Nullable WatchServer server;

    private Slicelet(Cluster cluster, Resource self, PodTraits traits, SliceletListener listener, Time time) {
        this.cluster = cluster;
        this.self = self;
        this.time = time;
        this.listener = listener;
        this.vitals = new VitalSigns(traits, time.nanos());
        this.loop = new EventLoop(time, "slicelet-" + cluster.target());
        this.listening = new EventLoop(time, "slicelet-listener-" + cluster.target());
        this.store = new StoreThread(cluster.store(), loop, time, "slicelet-store-" + cluster.target());
        this.machine = new SliceletMachine(
                self, cluster.terms(), cluster.consistency(), new SplittableRandom(self.incarnation()), time.nanos());
        this.holdings = machine.holdings();
        this.client = new WatchClient(cluster, self.name(), loop, event -> on(new SliceletEvent.Watched(event)));
        this.relay = new Relay(cluster.target(), loop);
    }

    /** Joins at once and returns at once; see {@link #ready}. Where the assigner is, the store tells. */
    public static Slicelet start(Cluster cluster, Resource self, PodTraits traits, SliceletListener listener) {
        return start(cluster, self, traits, listener, Time.system());
    }

    static Slicelet start(Cluster cluster, Resource self, PodTraits traits, SliceletListener listener, Time time) {
        Slicelet slicelet = new Slicelet(cluster, self, traits, listener, time);
        slicelet.join();
        return slicelet;
    }

    /** One that owns nothing and that nobody knows of until it is told to {@link #join}. */
    public static Slicelet apart(Cluster cluster, Resource self, PodTraits traits, SliceletListener listener) {
        return new Slicelet(cluster, self, traits, listener, Time.system());
    }

    /** From now on slices may be given to this pod: whoever calls this can be reached. */
    public void join() {
        loop.execute(this::advance);
    }

    @Override
    public Answer owns(SliceKey key) {
        return holdings.owns(key, time.nanos());
    }

    /** How long the key stays this pod's even if it hears from nobody; 0 or less if it is not its own. */
    public long remainingNanos(SliceKey key) {
        long nowNanos = time.nanos();
        Holdings now = holdings;
        return now.owns(key, nowNanos) == Answer.OWNED ? now.leaseEndNanos() - nowNanos : 0;
    }

    /** How long this pod's lease lasts even if it hears from nobody; 0 or less if it has none. */
    public long leaseNanos() {
        long endNanos = holdings.leaseEndNanos();
        return endNanos == Long.MIN_VALUE ? 0 : endNanos - time.nanos();
    }

    /** Where to tell what this pod serves, so that load can be shared out. */
    public LoadMeter load() {
        return vitals.meter();
    }

    /**
     * Whether another pod, by its name or address, let this one connect: one of the things by which the assigner finds
     * out that nobody gets through to a pod.
     */
    public void reached(String pod, boolean didConnect) {
        vitals.reached(pod, didConnect, time.nanos());
    }

    public Resource self() {
        return self;
    }

    /** Answers from the same map as this slicelet. */
    public Clerk clerk() {
        return this::assignment;
    }

    public Assignment assignment() {
        return holdings.assignment();
    }

    /** Done once this pod holds a map and a lease. */
    public CompletableFuture<Void> ready() {
        return ready.copy();
    }

    /** Done once this pod no longer takes part: it left, or another process answers at its address. */
    public CompletableFuture<SliceletAction.Cause> retired() {
        return retired.copy();
    }

    /** Why the assigner is not being heard, in words for an operator; empty when all is well. */
    public Optional<String> trouble() {
        return client.trouble();
    }

    /**
     * Lets remote clerks watch this slicelet, so that they never burden the assigner.
     *
     * @return the address with the port that was really taken
     */
    public String serve(String listen) throws IOException {
        if (server != null) throw new IllegalStateException("the slicelet of " + self + " serves clerks already");
        WatchServer started = WatchServer.start(cluster, listen, relay.service());
        server = started;
        loop.execute(() -> relay.publish(assignment()));
        return started.address();
    }

    /**
     * Serves on until the slices are in other hands, or patience ends. Afterwards nothing is owned any more, but the map
     * is still followed, so that late requests can be forwarded.
     *
     * @return whether others have all of it
     */
    public boolean drain(Duration patience) {
        loop.execute(() -> carryOut(machine.drain(time.nanos())));
        return retiresWithin(patience);
    }

    /**
     * Lets go of everything at once. As after {@link #drain}, the map is still followed.
     *
     * @return whether the store has heard it in time; if not, the slices move when the lease has run out
     */
    public boolean stop(Duration patience) {
        loop.execute(() -> carryOut(machine.leave(time.nanos())));
        return retiresWithin(patience);
    }

    private boolean retiresWithin(Duration patience) {
        try {
            retired.copy().orTimeout(patience.toNanos(), TimeUnit.NANOSECONDS).join();
            return true;
        } catch (CompletionException late) {
            LOG.warn("{} has not left within {}", self, patience);
            return false;
        }
    }

    /** Ends without a word, as a crash would. {@link #stop} first, to leave politely. */
    @Override
    public void close() {
        loop.execute(() -> holdings = new Holdings(holdings.assignment(), self, Long.MIN_VALUE));
        loop.execute(client::close);
        WatchServer serving = server;
        if (serving != null) serving.close();
        loop.close();
        listening.close();
        store.close();
    }

    private void on(SliceletEvent event) {
        carryOut(machine.on(event, time.nanos()));
    }

    private void advance() {
        carryOut(machine.advance(time.nanos()));
    }

    private void carryOut(SliceletMachine.Decision decision) {
        // Before the actions: once the assigner reads our confirmation, we must already have let go.
        Holdings before = holdings;
        holdings = machine.holdings();
        if (!holdings.assignment().generation().equals(before.assignment().generation())) tell(holdings.assignment());
        if (!holdings.assignment().isEmpty() && holdings.leaseEndNanos() > time.nanos()) ready.complete(null);
        decision.actions().forEach(this::carryOut);
        loop.wakeAt(decision.wakeAtNanos(), this::advance);
    }

    private void carryOut(SliceletAction action) {
        if (action instanceof SliceletAction.Connect connect) client.connect(connect.assigner());
        else if (action instanceof SliceletAction.Disconnect) client.disconnect();
        else if (action instanceof SliceletAction.Send send)
            client.send(vitals.addTo(send.message(), holdings.assignment(), time.nanos()));
        else if (action instanceof SliceletAction.Question question)
            store.ask(s -> question.ask(s, self), this::on, () -> on(question.lost()));
        else if (action instanceof SliceletAction.Notify notify) tell(notify.change(), notify.asked());
        else if (action instanceof SliceletAction.Retired gone) retire(gone.cause());
    }

    private void tell(Assignment map) {
        relay.publish(map);
        listening.execute(() -> listener.onMap(map));
    }

    private void tell(OwnershipChange change, Generation asked) {
        if (!change.added().isEmpty() || !change.removed().isEmpty())
            listening.execute(() -> listener.onAssignment(change.added(), change.removed()));
        if (!change.coming().isEmpty())
            listening.execute(() ->
                    listener.prepare(change.coming(), () -> loop.execute(() -> on(new SliceletEvent.Prepared(asked)))));
    }

    private void retire(SliceletAction.Cause cause) {
        if (cause == SliceletAction.Cause.SUPERSEDED)
            LOG.error("another process has taken the place of {}; this one serves no slices any more", self);
        retired.complete(cause);
    }
}
