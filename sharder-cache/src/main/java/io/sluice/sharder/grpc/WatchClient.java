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
    private final EventLoop loop;
    private final Consumer<WatchEvent> events;
    private @Nullable Server server;
    private @Nullable Stream stream;
    private volatile @Nullable String trouble;

    WatchClient(Cluster cluster, String subscriber, EventLoop loop, Consumer<WatchEvent> events) {
        this.cluster = cluster;
        this.subscriber = subscriber;
        this.loop = loop;
        this.events = events;
    }

    /** Where the other side listens. It may move, but one at a time is connected. */
    private record Server(String address, ManagedChannel channel, AssignmentWatchStub stub) {
        static Server at(String address, Cluster cluster) {
            ManagedChannel channel = cluster.transport()
                    .channel(address)
                    .maxInboundMessageSize(LARGEST_MESSAGE_BYTES)
                    .build();
            return new Server(
                    address, channel, SecretCheck.present(cluster.secret(), AssignmentWatchGrpc.newStub(channel)));
        }
    }

    /** Why there is no stream, in words for an operator; empty while there is one. */
    Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    void connect(String address) {
        if (server != null && !server.address().equals(address)) close();
        if (server == null) server = Server.at(address, cluster);
        // The channel may still be backing off from a failure that was repaired since.
        server.channel().resetConnectBackoff();
        stream = new Stream(server);
        loop.execute(() -> events.accept(new WatchEvent.Connected()));
    }

    void disconnect() {
        if (stream != null) stream.cancel("no word for the length of a lease, or another assigner");
        stream = null;
    }

    void send(Upstream message) {
        if (stream != null) stream.send(Wire.encode(message, cluster.target(), subscriber));
    }

    @Override
    public void close() {
        if (server != null) server.channel().shutdownNow();
        server = null;
    }

    private void ended(Stream which, Throwable why) {
        if (which != stream) return;
        stream = null;
        Status status = Status.fromThrowable(why);
        String now = "watch of " + which.address + " for target " + cluster.target() + " ended: " + status.getCode()
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
        private final String address;
        private final StreamObserver<UpstreamP> out;

        Stream(Server server) {
            this.address = server.address();
            this.out = server.stub().watch(this);
        }

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
