package io.sluice.sharder.grpc;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.sluice.sharder.Assignment;
import io.sluice.sharder.watch.Differences;
import io.sluice.sharder.watch.Downstream;
import io.sluice.sharder.watch.Feed;
import io.sluice.sharder.watch.Upstream;
import io.sluice.sharder.wire.DownstreamP;

/** The server's end of one stream. Confined to its event loop. */
final class Subscription {
    private final ServerCallStreamObserver<DownstreamP> out;
    private final Feed feed;
    private boolean greeted;
    private boolean ended;

    Subscription(ServerCallStreamObserver<DownstreamP> out, Differences differences) {
        this.out = out;
        this.feed = new Feed(differences);
    }

    boolean isGreeted() {
        return greeted;
    }

    void greeted(Upstream.Hello hello, Assignment current) {
        greeted = true;
        feed.greeted(hello, current);
    }

    void snapshotWanted() {
        feed.snapshotWanted();
    }

    /** Brings the subscriber up to date, unless it reads too slowly: then the next difference is wider. */
    void flush(Assignment current, long nowNanos) {
        if (greeted && canSend()) feed.next(current, nowNanos).ifPresent(this::send);
    }

    void answer(long sequence) {
        if (canSend()) send(new Downstream.Answer(sequence, feed.sentGeneration()));
    }

    void end(Status why) {
        if (ended) return;
        ended = true;
        out.onError(why.asRuntimeException());
    }

    void complete() {
        if (ended) return;
        ended = true;
        out.onCompleted();
    }

    /** The other side went away. */
    void vanished() {
        ended = true;
    }

    private boolean canSend() {
        return !ended && out.isReady();
    }

    private void send(Downstream message) {
        out.onNext(Wire.encode(message));
    }
}
