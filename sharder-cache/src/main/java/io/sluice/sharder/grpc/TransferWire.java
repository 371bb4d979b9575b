package io.sluice.sharder.grpc;

import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.Target;
import io.sluice.sharder.transfer.Cursor;
import io.sluice.sharder.transfer.StateReading;
import io.sluice.sharder.transfer.TransferAction;
import io.sluice.sharder.transfer.TransferEvent;
import io.sluice.sharder.wire.PrepareP;
import io.sluice.sharder.wire.PullP;
import io.sluice.sharder.wire.ReleaseP;
import io.sluice.sharder.wire.TransferAnswerP;
import io.sluice.sharder.wire.TransferQuestionP;

/** Between a transfer's own words and those of {@code transfer.proto}. Fails with IllegalArgumentException. */
final class TransferWire {
    private TransferWire() {}

    static TransferQuestionP encode(Target target, Slice slice, TransferAction.Prepare prepare) {
        return about(target, slice)
                .setQuestion(prepare.question())
                .setPrepare(PrepareP.getDefaultInstance())
                .build();
    }

    static TransferQuestionP encode(Target target, Slice slice, TransferAction.Pull pull) {
        return about(target, slice)
                .setQuestion(pull.question())
                .setPull(PullP.newBuilder().setCursor(pull.cursor().text()).setMostBytes(pull.mostBytes()))
                .build();
    }

    static TransferQuestionP encode(Target target, Slice slice, TransferAction.Release release) {
        return about(target, slice)
                .setRelease(ReleaseP.newBuilder().setCursor(release.cursor().text()))
                .build();
    }

    static TransferEvent decode(TransferAnswerP answer) {
        long question = answer.getQuestion();
        return switch (answer.getMessageCase()) {
            case PREPARED ->
                new TransferEvent.Prepared(
                        question, new Cursor(answer.getPrepared().getCursor()));
            case CHUNK ->
                new TransferEvent.Read(
                        question,
                        new StateReading.Chunk(
                                answer.getChunk().getPayload().asReadOnlyByteBuffer(),
                                new Cursor(answer.getChunk().getCursor()),
                                answer.getChunk().getCaughtUp()));
            case CURSOR_LOST -> new TransferEvent.Read(question, new StateReading.CursorLost());
            case MESSAGE_NOT_SET -> throw new IllegalArgumentException("an answer that says nothing");
        };
    }

    /** @param high 0 for the end of the key space */
    static Slice slice(long low, long high) {
        return high == 0 ? Slice.from(new SliceKey(low)) : Slice.of(new SliceKey(low), new SliceKey(high));
    }

    private static TransferQuestionP.Builder about(Target target, Slice slice) {
        return TransferQuestionP.newBuilder()
                .setTarget(target.name())
                .setLow(slice.low().bits())
                .setHigh(slice.high().map(SliceKey::bits).orElse(0L));
    }
}
