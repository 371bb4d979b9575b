package io.sluice.sharder.grpc;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.sluice.sharder.watch.Downstream;
import io.sluice.sharder.watch.Upstream;
import io.sluice.sharder.watch.WatchEvent;
import io.sluice.sharder.wire.AssignmentWatchGrpc;
import io.sluice.sharder.wire.AssignmentWatchGrpc.AssignmentWatchStub;
import io.sluice.sharder.wire.DownstreamP;
import io.sluice.sharder.wire.UpstreamP;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The subscriber's end of a watch: opens streams when told to and reports what happens to the newest of them. Confined
 * to its event loop, but for {@link #trouble}.
 */
final class WatchClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WatchClient.class);
    // A map of 32,000 slices is about a megabyte; gRPC's own default is 4 MiB.
    private static final int LARGEST_MESSAGE_BYTES = 64 << 20;

    private final Cluster cluster;
    private final String subscriber;
    private final String address;
    private final EventLoop loop;
    private final Consumer<WatchEvent> events;
    private final ManagedChannel channel;
    private final AssignmentWatchStub stub;
    private @Nullable Stream stream;
    private volatile @Nullable String trouble;

    WatchClient(Cluster cluster, String subscriber, String address, EventLoop loop, Consumer<WatchEvent> events) {
        this.cluster = cluster;
        this.subscriber = subscriber;
        this.address = address;
        this.loop = loop;
        this.events = events;
        this.channel = cluster.transport()
                .channel(address)
                .maxInboundMessageSize(LARGEST_MESSAGE_BYTES)
                .build();
        this.stub = SecretCheck.present(cluster.secret(), AssignmentWatchGrpc.newStub(channel));
    }

    /** Why there is no stream, in words for an operator; empty while there is one. */
    Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    void connect() {
        // The channel may still be backing off from a failure that was repaired since.
        channel.resetConnectBackoff();
        stream = new Stream();
        loop.execute(() -> events.accept(new WatchEvent.Connected()));
    }

    void disconnect() {
        if (stream != null) stream.cancel("no word from " + address + " for the length of a lease");
        stream = null;
    }

    void send(Upstream message) {
        if (stream != null) stream.send(Wire.encode(message, cluster.target(), subscriber));
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    private void ended(Stream which, Throwable why) {
        if (which != stream) return;
        stream = null;
        Status status = Status.fromThrowable(why);
        String now = "watch of " + address + " for target " + cluster.target() + " ended: " + status.getCode()
                + (status.getDescription() == null ? "" : ": " + status.getDescription());
        // A server that stays away is reported once, not once a second.
        if (!now.equals(trouble)) LOG.warn("{}", now);
        trouble = now;
        events.accept(new WatchEvent.Broke());
    }

    private void received(Stream which, DownstreamP message) {
        if (which != stream) return;
        try {
            Downstream down = Wire.decode(message);
            trouble = null;
            events.accept(new WatchEvent.Received(down));
        } catch (IllegalArgumentException unreadable) {
            which.cancel("unreadable message");
            ended(
                    which,
                    Status.DATA_LOSS.withDescription(unreadable.getMessage()).asRuntimeException());
        }
    }

    /** One attempt. What a former one still says is not heard. */
    private final class Stream implements StreamObserver<DownstreamP> {
        private final StreamObserver<UpstreamP> out = stub.watch(this);

        void send(UpstreamP message) {
            try {
                out.onNext(message);
            } catch (IllegalStateException alreadyEnded) {
                LOG.debug("sent on a stream whose end is about to be reported", alreadyEnded);
            }
        }

        void cancel(String why) {
            out.onError(Status.CANCELLED.withDescription(why).asRuntimeException());
        }

        @Override
        public void onNext(DownstreamP message) {
            loop.execute(() -> received(this, message));
        }

        @Override
        public void onError(Throwable broken) {
            loop.execute(() -> ended(this, broken));
        }

        @Override
        public void onCompleted() {
            loop.execute(() -> ended(
                    this,
                    Status.UNAVAILABLE.withDescription("the server hung up").asRuntimeException()));
        }
    }
}
