package io.sluice.sharder.transfer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A machine against a provider whose state is a text and whose cursor is a position in it, in virtual time. The acquirer
 * keeps each letter by its position, so that what comes twice is seen but does no harm.
 */
final class Scene {
    private static final int NEVER = -1;

    private final TransferMachine machine;
    private final StringBuilder acquired = new StringBuilder();
    private final TreeMap<Integer, Character> held = new TreeMap<>();
    private final Queue<TransferAction> unanswered = new ArrayDeque<>();
    private String text = "";
    private int life;
    private long nowNanos;
    private long wakeAtNanos;
    private long endedAtNanos;
    private int step;
    private int breakAtStep = NEVER;
    private boolean forgetsWhenBroken;
    private boolean isAway;
    private boolean alwaysForgets;
    private boolean holds;
    private int failures;
    private boolean isCaughtUp;
    private boolean isReleased;
    private @Nullable TransferEvent heldAnswer;
    private @Nullable TransferResult result;

    Scene(TransferTerms terms, long bytesPerSecond) {
        this(terms, new ByteBudget(bytesPerSecond));
    }

    Scene(TransferTerms terms, ByteBudget budget) {
        this.machine = new TransferMachine(terms, budget, 0);
    }

    Scene provides(String state) {
        text = state;
        return this;
    }

    void breakAt(int atStep, boolean forgets) {
        breakAtStep = atStep;
        forgetsWhenBroken = forgets;
    }

    void breakForever() {
        isAway = true;
    }

    void alwaysForget() {
        alwaysForgets = true;
    }

    void holdAnswers() {
        holds = true;
    }

    void cutOver() {
        tell(new TransferEvent.CutOver());
    }

    void tell(TransferEvent event) {
        carryOut(machine.on(event, nowNanos));
    }

    void run(long nanos) {
        long end = nowNanos + nanos;
        while (wakeAtNanos <= end) {
            nowNanos = Math.max(nowNanos, wakeAtNanos);
            carryOut(machine.advance(nowNanos));
        }
        nowNanos = end;
    }

    /** The answer is made now, but does not arrive yet. */
    void readButHold() {
        heldAnswer = answerTo(unanswered.remove());
    }

    void answerOne() {
        TransferEvent answer = heldAnswer != null ? heldAnswer : answerTo(unanswered.remove());
        heldAnswer = null;
        tell(answer);
    }

    void answerAll() {
        holds = false;
        while (!unanswered.isEmpty()) answerOne();
    }

    String acquired() {
        return acquired.toString();
    }

    String held() {
        return held.values().stream().map(String::valueOf).collect(Collectors.joining());
    }

    boolean isCaughtUp() {
        return isCaughtUp;
    }

    boolean isReleased() {
        return isReleased;
    }

    int failures() {
        return failures;
    }

    long endedAtNanos() {
        return endedAtNanos;
    }

    @Nullable
    TransferResult result() {
        return result;
    }

    private void carryOut(TransferMachine.Decision decision) {
        wakeAtNanos = decision.wakeAtNanos();
        decision.actions().forEach(this::carryOut);
    }

    private void carryOut(TransferAction action) {
        if (action instanceof TransferAction.Apply apply) apply(apply.chunk());
        else if (action instanceof TransferAction.TellCaughtUp) isCaughtUp = true;
        else if (action instanceof TransferAction.Release) isReleased = true;
        else if (action instanceof TransferAction.End end) {
            result = end.result();
            endedAtNanos = nowNanos;
        } else if (holds) unanswered.add(action);
        else tell(answerTo(action));
    }

    private TransferEvent answerTo(TransferAction question) {
        boolean breaks = isAway || step++ == breakAtStep;
        if (breaks && forgetsWhenBroken) life++;
        if (question instanceof TransferAction.Prepare prepare)
            return breaks
                    ? broke(prepare.question())
                    : new TransferEvent.Prepared(prepare.question(), new Cursor(life + ":0"));
        TransferAction.Pull pull = (TransferAction.Pull) question;
        return breaks ? broke(pull.question()) : new TransferEvent.Read(pull.question(), read(pull));
    }

    private TransferEvent broke(long question) {
        failures++;
        return new TransferEvent.Broke(question, "away");
    }

    private StateReading read(TransferAction.Pull pull) {
        String[] place = pull.cursor().text().split(":");
        if (alwaysForgets || Integer.parseInt(place[0]) != life) return new StateReading.CursorLost();
        int from = Integer.parseInt(place[1]);
        int to = Math.min(text.length(), from + pull.mostBytes());
        return new StateReading.Chunk(
                ByteBuffer.wrap(text.substring(from, to).getBytes(StandardCharsets.US_ASCII)),
                new Cursor(life + ":" + to),
                to == text.length());
    }

    private void apply(StateReading.Chunk chunk) {
        String letters = StandardCharsets.US_ASCII.decode(chunk.payload()).toString();
        int at = Integer.parseInt(chunk.next().text().split(":")[1]) - letters.length();
        for (int i = 0; i < letters.length(); i++) held.put(at + i, letters.charAt(i));
        acquired.append(letters);
    }
}
