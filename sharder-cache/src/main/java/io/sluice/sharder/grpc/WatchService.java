package io.sluice.sharder.grpc;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.sluice.sharder.Assignment;
import io.sluice.sharder.Target;
import io.sluice.sharder.watch.Differences;
import io.sluice.sharder.watch.Upstream;
import io.sluice.sharder.wire.AssignmentWatchGrpc.AssignmentWatchImplBase;
import io.sluice.sharder.wire.DownstreamP;
import io.sluice.sharder.wire.UpstreamP;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Serves one target's assignments to all who watch. The fields are confined to the event loop; gRPC's threads only
 * decode and hand over, one message per stream at a time.
 */
final class WatchService extends AssignmentWatchImplBase {
    // Dicer's own bound for one server; beyond it clerks should watch slicelets.
    static final int MOST_SUBSCRIBERS = 5_000;

    private final Target target;
    private final EventLoop loop;
    private final Membership membership;
    private final Differences differences = new Differences();
    private final Set<Subscription> subscriptions = new LinkedHashSet<>();
    private Assignment current = Assignment.NONE;

    WatchService(Target target, EventLoop loop, Membership membership) {
        this.target = target;
        this.loop = loop;
        this.membership = membership;
    }

    /** Brings all subscribers to this assignment. Requires to be called on the loop. */
    void publish(Assignment assignment) {
        current = assignment;
        subscriptions.forEach(this::flush);
    }

    /** Ends all streams, and has nothing to tell until the next {@link #publish}. Requires to be called on the loop. */
    void refuseAll(Status why) {
        current = Assignment.NONE;
        List.copyOf(subscriptions).forEach(subscription -> refuse(subscription, why));
    }

    @Override
    public StreamObserver<UpstreamP> watch(StreamObserver<DownstreamP> responses) {
        var out = (ServerCallStreamObserver<DownstreamP>) responses;
        Subscription subscription = new Subscription(out, differences);
        out.disableAutoRequest();
        out.setOnReadyHandler(() -> loop.execute(() -> flush(subscription)));
        out.setOnCancelHandler(() -> loop.execute(() -> ended(subscription)));
        loop.execute(() -> opened(subscription));
        out.request(1);
        return new StreamObserver<>() {
            @Override
            public void onNext(UpstreamP message) {
                loop.execute(() -> {
                    received(subscription, message);
                    out.request(1);
                });
            }

            @Override
            public void onError(Throwable broken) {
                loop.execute(() -> ended(subscription));
            }

            @Override
            public void onCompleted() {
                loop.execute(() -> {
                    subscription.complete();
                    ended(subscription);
                });
            }
        };
    }

    private void opened(Subscription subscription) {
        if (subscriptions.size() >= MOST_SUBSCRIBERS)
            subscription.end(Status.RESOURCE_EXHAUSTED.withDescription(
                    "this server already has " + MOST_SUBSCRIBERS + " subscribers. Watch a slicelet instead."));
        else subscriptions.add(subscription);
    }

    private void received(Subscription from, UpstreamP message) {
        if (!subscriptions.contains(from)) return;
        try {
            handle(from, message);
        } catch (IllegalArgumentException unreadable) {
            refuse(from, Status.INVALID_ARGUMENT.withDescription(unreadable.getMessage()));
        }
    }

    private void handle(Subscription from, UpstreamP message) {
        Upstream up = Wire.decode(message);
        if (up instanceof Upstream.Hello hello)
            greet(from, hello, message.getHello().getTarget());
        else if (!from.isGreeted())
            refuse(from, Status.FAILED_PRECONDITION.withDescription("a stream must begin with a greeting"));
        else if (up instanceof Upstream.Heartbeat heartbeat) membership.heard(from, heartbeat);
        else if (up instanceof Upstream.Goodbye goodbye) membership.left(from, goodbye);
        else from.snapshotWanted();
        flush(from);
    }

    private void greet(Subscription from, Upstream.Hello hello, String wanted) {
        if (wanted.equals(target.name())) from.greeted(hello, current);
        else
            refuse(
                    from,
                    Status.NOT_FOUND.withDescription("this server assigns target \"" + target + "\", not \"" + wanted
                            + "\". Give both sides the same target."));
    }

    private void refuse(Subscription from, Status why) {
        from.end(why);
        ended(from);
    }

    private void ended(Subscription subscription) {
        subscription.vanished();
        if (subscriptions.remove(subscription)) membership.vanished(subscription);
    }

    private void flush(Subscription subscription) {
        subscription.flush(current, loop.nanos());
    }
}
