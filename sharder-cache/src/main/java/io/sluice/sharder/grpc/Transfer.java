package io.sluice.sharder.grpc;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.sluice.sharder.Slice;
import io.sluice.sharder.transfer.TransferAction;
import io.sluice.sharder.transfer.TransferEvent;
import io.sluice.sharder.transfer.TransferMachine;
import io.sluice.sharder.transfer.TransferResult;
import io.sluice.sharder.wire.TransferAnswerP;
import io.sluice.sharder.wire.TransferQuestionP;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One slice's state on its way to this pod. The methods that are public may be called from any thread and return at
 * once; all else is confined to the event loop of its {@link StateTransfers}.
 */
public final class Transfer {
    private static final Logger LOG = LoggerFactory.getLogger(Transfer.class);
    private static final long NEVER = Long.MAX_VALUE;

    private final StateTransfers home;
    private final Slice slice;
    private final String provider;
    private final TransferMachine machine;
    private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
    private final CompletableFuture<TransferResult> ended = new CompletableFuture<>();
    private @Nullable Stream stream;
    private long wakeAtNanos = NEVER;

    Transfer(StateTransfers home, Slice slice, String provider, TransferMachine machine) {
        this.home = home;
        this.slice = slice;
        this.provider = provider;
        this.machine = machine;
    }

    public Slice slice() {
        return slice;
    }

    /** Done once this pod holds what the provider held a moment ago; never, if that cannot be. See {@link #ended}. */
    public CompletableFuture<Void> caughtUp() {
        return caughtUp.copy();
    }

    public CompletableFuture<TransferResult> ended() {
        return ended.copy();
    }

    /** The provider accepts no more writes: what it still has is pulled, and the transfer ends. */
    public void cutOver() {
        home.tell(this, new TransferEvent.CutOver());
    }

    public void pause() {
        home.tell(this, new TransferEvent.Paused());
    }

    public void resume() {
        home.tell(this, new TransferEvent.Resumed());
    }

    /** The slice is not to be ours any more. */
    public void abandon() {
        home.tell(this, new TransferEvent.Abandoned());
    }

    long wakeAtNanos() {
        return wakeAtNanos;
    }

    boolean isOver() {
        return machine.isOver();
    }

    void begin(long nowNanos) {
        carryOut(machine.advance(nowNanos));
    }

    void on(TransferEvent event, long nowNanos) {
        carryOut(machine.on(event, nowNanos));
    }

    void advance(long nowNanos) {
        if (nowNanos >= wakeAtNanos) carryOut(machine.advance(nowNanos));
    }

    private void carryOut(TransferMachine.Decision decision) {
        wakeAtNanos = decision.wakeAtNanos();
        decision.actions().forEach(this::carryOut);
    }

    private void carryOut(TransferAction action) {
        if (action instanceof TransferAction.Prepare prepare)
            ask(prepare.question(), TransferWire.encode(home.target(), slice, prepare));
        else if (action instanceof TransferAction.Pull pull)
            ask(pull.question(), TransferWire.encode(home.target(), slice, pull));
        else if (action instanceof TransferAction.Apply apply) apply(apply);
        else if (action instanceof TransferAction.TellCaughtUp) caughtUp.complete(null);
        else if (action instanceof TransferAction.Release release) {
            if (stream != null) stream.send(TransferWire.encode(home.target(), slice, release));
        } else if (action instanceof TransferAction.End end) end(end.result());
    }

    private void ask(long question, TransferQuestionP message) {
        if (stream != null && stream.isAwaited()) {
            stream.cancel("no answer in time");
            stream = null;
        }
        if (stream == null) stream = new Stream();
        stream.ask(question, message);
    }

    private void apply(TransferAction.Apply apply) {
        try {
            home.acquirer().apply(slice, apply.chunk());
        } catch (RuntimeException unusable) {
            LOG.error("state of {} from {} cannot be taken in", slice, provider, unusable);
            home.tell(this, new TransferEvent.Refused("the state cannot be taken in: " + unusable));
        }
    }

    private void end(TransferResult result) {
        LOG.info("transfer of {} from {} ended: {}", slice, provider, result);
        if (stream != null) stream.complete();
        stream = null;
        ended.complete(result);
    }

    private static TransferEvent event(long question, Throwable broken) {
        Status status = Status.fromThrowable(broken);
        String why = status.getCode() + (status.getDescription() == null ? "" : ": " + status.getDescription());
        return switch (status.getCode()) {
            case UNAUTHENTICATED, PERMISSION_DENIED, INVALID_ARGUMENT, UNIMPLEMENTED -> new TransferEvent.Refused(why);
            default -> new TransferEvent.Broke(question, why);
        };
    }

    /** One attempt. What a former one still says is not heard. */
    private final class Stream implements StreamObserver<TransferAnswerP> {
        private final StreamObserver<TransferQuestionP> out =
                home.stub(provider).transfer(this);
        private long question;
        private boolean isAwaited;

        boolean isAwaited() {
            return isAwaited;
        }

        void ask(long asked, TransferQuestionP message) {
            question = asked;
            isAwaited = true;
            send(message);
        }

        void send(TransferQuestionP message) {
            try {
                out.onNext(message);
            } catch (IllegalStateException alreadyEnded) {
                LOG.debug("asked on a stream whose end is about to be reported", alreadyEnded);
            }
        }

        void cancel(String why) {
            out.onError(Status.CANCELLED.withDescription(why).asRuntimeException());
        }

        void complete() {
            try {
                out.onCompleted();
            } catch (IllegalStateException alreadyEnded) {
                LOG.debug("completed a stream that had ended", alreadyEnded);
            }
        }

        @Override
        public void onNext(TransferAnswerP answer) {
            home.execute(() -> heard(answer));
        }

        @Override
        public void onError(Throwable broken) {
            home.execute(() -> closed(broken));
        }

        @Override
        public void onCompleted() {
            home.execute(() -> closed(
                    Status.UNAVAILABLE.withDescription("the provider hung up").asRuntimeException()));
        }

        private void heard(TransferAnswerP answer) {
            if (stream != this) return;
            isAwaited = false;
            try {
                home.tellNow(Transfer.this, TransferWire.decode(answer));
            } catch (IllegalArgumentException unreadable) {
                home.tellNow(Transfer.this, new TransferEvent.Refused("unreadable: " + unreadable.getMessage()));
            }
        }

        private void closed(Throwable why) {
            if (stream != this) return;
            stream = null;
            home.tellNow(Transfer.this, event(question, why));
        }
    }
}
