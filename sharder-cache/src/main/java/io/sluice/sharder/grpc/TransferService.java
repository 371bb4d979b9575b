package io.sluice.sharder.grpc;

import com.google.protobuf.UnsafeByteOperations;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.sluice.sharder.Slice;
import io.sluice.sharder.Target;
import io.sluice.sharder.transfer.Cursor;
import io.sluice.sharder.transfer.StateProvider;
import io.sluice.sharder.transfer.StateReading;
import io.sluice.sharder.wire.ChunkP;
import io.sluice.sharder.wire.CursorLostP;
import io.sluice.sharder.wire.PreparedP;
import io.sluice.sharder.wire.StateTransferGrpc.StateTransferImplBase;
import io.sluice.sharder.wire.TransferAnswerP;
import io.sluice.sharder.wire.TransferQuestionP;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The old owner's end of transfers: answers what acquirers ask, one question of a stream after the other. */
public final class TransferService extends StateTransferImplBase {
    private static final Logger LOG = LoggerFactory.getLogger(TransferService.class);
    // A pod that leaves hands its slices to all others at once; more would only wait for each other.
    private static final int MOST_STREAMS = 64;
    private static final int LARGEST_CHUNK_BYTES = 4 << 20;

    private final Target target;
    private final StateProvider provider;
    private final Semaphore places = new Semaphore(MOST_STREAMS);

    public TransferService(Target target, StateProvider provider) {
        this.target = target;
        this.provider = provider;
    }

    @Override
    public StreamObserver<TransferQuestionP> transfer(StreamObserver<TransferAnswerP> answers) {
        return new Stream((ServerCallStreamObserver<TransferAnswerP>) answers, places.tryAcquire());
    }

    private final class Stream implements StreamObserver<TransferQuestionP> {
        private final ServerCallStreamObserver<TransferAnswerP> out;
        private final AtomicBoolean mayAsk = new AtomicBoolean(true);
        private final AtomicBoolean hasPlace;

        Stream(ServerCallStreamObserver<TransferAnswerP> out, boolean hasPlace) {
            this.out = out;
            this.hasPlace = new AtomicBoolean(hasPlace);
            // The next question is read when the last answer is on its way: whoever reads slowly asks slowly.
            out.disableAutoRequest();
            out.setOnReadyHandler(this::readOn);
            out.setOnCancelHandler(this::leave);
            if (!hasPlace)
                out.onError(Status.RESOURCE_EXHAUSTED
                        .withDescription("this pod already serves " + MOST_STREAMS + " transfers. Ask again later.")
                        .asRuntimeException());
        }

        @Override
        public void onNext(TransferQuestionP question) {
            try {
                answer(question);
                mayAsk.set(true);
                readOn();
            } catch (IllegalArgumentException unreadable) {
                fail(Status.INVALID_ARGUMENT.withDescription(unreadable.getMessage()));
            } catch (RuntimeException broken) {
                LOG.error("handing out state of {} failed", target, broken);
                fail(Status.INTERNAL.withDescription("the provider failed: " + broken));
            }
        }

        @Override
        public void onError(Throwable broken) {
            leave();
        }

        @Override
        public void onCompleted() {
            leave();
            out.onCompleted();
        }

        private void readOn() {
            if (hasPlace.get() && out.isReady() && mayAsk.compareAndSet(true, false)) out.request(1);
        }

        private void leave() {
            if (hasPlace.compareAndSet(true, false)) places.release();
        }

        private void fail(Status why) {
            leave();
            out.onError(why.asRuntimeException());
        }

        private void answer(TransferQuestionP question) {
            if (!question.getTarget().equals(target.name()))
                throw new IllegalArgumentException("this pod hands out state of target \"" + target + "\", not \""
                        + question.getTarget() + "\". Give both sides the same target.");
            Slice slice = TransferWire.slice(question.getLow(), question.getHigh());
            TransferAnswerP.Builder answer = TransferAnswerP.newBuilder().setQuestion(question.getQuestion());
            switch (question.getMessageCase()) {
                case PREPARE ->
                    out.onNext(answer.setPrepared(PreparedP.newBuilder()
                                    .setCursor(provider.prepare(slice).text()))
                            .build());
                case PULL ->
                    out.onNext(read(
                            answer,
                            provider.read(
                                    slice,
                                    new Cursor(question.getPull().getCursor()),
                                    bound(question.getPull().getMostBytes()))));
                case RELEASE ->
                    provider.release(slice, new Cursor(question.getRelease().getCursor()));
                case MESSAGE_NOT_SET -> throw new IllegalArgumentException("a question that asks nothing");
            }
        }

        private static int bound(int mostBytes) {
            return Math.min(LARGEST_CHUNK_BYTES, Math.max(1, mostBytes));
        }

        private static TransferAnswerP read(TransferAnswerP.Builder answer, StateReading reading) {
            if (!(reading instanceof StateReading.Chunk chunk))
                return answer.setCursorLost(CursorLostP.getDefaultInstance()).build();
            return answer.setChunk(ChunkP.newBuilder()
                            .setPayload(UnsafeByteOperations.unsafeWrap(chunk.payload()))
                            .setCursor(chunk.next().text())
                            .setCaughtUp(chunk.isCaughtUp()))
                    .build();
        }
    }
}
