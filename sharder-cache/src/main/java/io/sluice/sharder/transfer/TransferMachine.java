package io.sluice.sharder.transfer;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides for a pod that takes over one slice: prepare, pull until caught up, keep in step while the old owner still
 * serves, and after the cut-over pull what came last. No threads, no clock, no I/O.
 *
 * <p>At most one question is open at a time, and each carries the cursor it continues from. So nothing is lost when
 * either side or the stream breaks at any moment: the question is asked again, and what comes twice is applied twice.
 * When the provider has lost the cursor the transfer starts over; when it fails too often in a row the acquirer makes do
 * with what it has.
 */
public final class TransferMachine {
    private static final long NEVER = Long.MAX_VALUE;

    private final TransferTerms terms;
    private final ByteBudget budget;
    private @Nullable Cursor cursor;
    private long question;
    private boolean isAsking;
    private boolean isPaused;
    private boolean isCutOver;
    /** Whether the open question was asked after the cut-over, so that its answer can be the last. */
    private boolean isFinal;

    private boolean hasCaughtUp;
    private boolean isOver;
    private long dueNanos;
    private int failures;
    private int restarts;
    private long bytes;

    public TransferMachine(TransferTerms terms, ByteBudget budget, long nowNanos) {
        this.terms = terms;
        this.budget = budget;
        this.dueNanos = nowNanos;
    }

    /** Bytes received so far. */
    public long bytes() {
        return bytes;
    }

    public boolean isOver() {
        return isOver;
    }

    public Decision on(TransferEvent event, long nowNanos) {
        List<TransferAction> actions = new ArrayList<>();
        if (!isOver) handle(event, nowNanos, actions);
        return decide(actions, nowNanos);
    }

    /** Nothing happened, time went by. */
    public Decision advance(long nowNanos) {
        return decide(new ArrayList<>(), nowNanos);
    }

    /**
     * What to do now.
     *
     * @param wakeAtNanos when to call {@link #advance} at the latest
     */
    public record Decision(List<TransferAction> actions, long wakeAtNanos) {}

    private void handle(TransferEvent event, long nowNanos, List<TransferAction> actions) {
        if (event instanceof TransferEvent.Prepared prepared) prepared(prepared, nowNanos);
        else if (event instanceof TransferEvent.Read read) read(read, nowNanos, actions);
        else if (event instanceof TransferEvent.Broke broke) broke(broke, nowNanos, actions);
        else if (event instanceof TransferEvent.Refused refused) giveUp(refused.why(), actions);
        else if (event instanceof TransferEvent.Paused) isPaused = true;
        else if (event instanceof TransferEvent.Resumed) isPaused = false;
        else if (event instanceof TransferEvent.CutOver) cutOver(nowNanos);
        else end(new TransferResult.Abandoned(bytes), actions);
    }

    private void prepared(TransferEvent.Prepared answer, long nowNanos) {
        if (!isOpen(answer.question())) return;
        isAsking = false;
        cursor = answer.start();
        dueNanos = nowNanos;
    }

    private void read(TransferEvent.Read answer, long nowNanos, List<TransferAction> actions) {
        if (!isOpen(answer.question())) return;
        isAsking = false;
        if (answer.reading() instanceof StateReading.Chunk chunk) take(chunk, nowNanos, actions);
        else startOver(nowNanos, actions);
    }

    private void broke(TransferEvent.Broke answer, long nowNanos, List<TransferAction> actions) {
        if (isOpen(answer.question())) failed(answer.why(), nowNanos, actions);
    }

    // What answers a question that was given up comes too late: its answer may be older than the cut-over.
    private boolean isOpen(long asked) {
        return isAsking && asked == question;
    }

    private void take(StateReading.Chunk chunk, long nowNanos, List<TransferAction> actions) {
        failures = 0;
        bytes += chunk.bytes();
        budget.spend(chunk.bytes(), nowNanos);
        cursor = chunk.next();
        if (chunk.bytes() > 0) actions.add(new TransferAction.Apply(chunk));
        dueNanos = chunk.isCaughtUp() && !isCutOver ? nowNanos + terms.poll().toNanos() : nowNanos;
        if (!chunk.isCaughtUp()) return;
        if (!hasCaughtUp) actions.add(new TransferAction.TellCaughtUp());
        hasCaughtUp = true;
        if (isFinal) end(new TransferResult.Complete(bytes), actions);
    }

    private void startOver(long nowNanos, List<TransferAction> actions) {
        cursor = null;
        dueNanos = nowNanos;
        if (++restarts > terms.mostRestarts()) giveUp("the provider lost its place " + restarts + " times", actions);
    }

    private void failed(String why, long nowNanos, List<TransferAction> actions) {
        isAsking = false;
        if (++failures > terms.mostFailures()) giveUp(failures + " failures in a row, the last one: " + why, actions);
        else dueNanos = nowNanos + terms.backoffNanos(failures);
    }

    private void cutOver(long nowNanos) {
        isCutOver = true;
        // What waits for the next look need not wait any more; a pause after a failure stays.
        if (!isAsking && failures == 0) dueNanos = nowNanos;
    }

    private void giveUp(String why, List<TransferAction> actions) {
        end(new TransferResult.GaveUp(why, bytes), actions);
    }

    private void end(TransferResult result, List<TransferAction> actions) {
        if (isOver) return;
        isOver = true;
        if (cursor != null) actions.add(new TransferAction.Release(cursor));
        actions.add(new TransferAction.End(result));
    }

    private Decision decide(List<TransferAction> actions, long nowNanos) {
        if (!isOver && isAsking && nowNanos >= dueNanos)
            failed("no answer within " + terms.patience(), nowNanos, actions);
        if (!isOver && !isAsking && !isPaused && nowNanos >= askAtNanos()) ask(nowNanos, actions);
        return new Decision(List.copyOf(actions), wakeAtNanos());
    }

    private void ask(long nowNanos, List<TransferAction> actions) {
        question++;
        isAsking = true;
        isFinal = isCutOver;
        dueNanos = nowNanos + terms.patience().toNanos();
        actions.add(
                cursor == null
                        ? new TransferAction.Prepare(question)
                        : new TransferAction.Pull(question, cursor, terms.chunkBytes()));
    }

    private long askAtNanos() {
        return Math.max(dueNanos, budget.freeAtNanos());
    }

    private long wakeAtNanos() {
        if (isOver) return NEVER;
        if (isAsking) return dueNanos;
        return isPaused ? NEVER : askAtNanos();
    }
}
