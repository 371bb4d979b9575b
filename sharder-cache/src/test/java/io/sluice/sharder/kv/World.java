package io.sluice.sharder.kv;

import static io.sluice.sharder.testkit.Maps.assignment;
import static io.sluice.sharder.testkit.Maps.generation;
import static io.sluice.sharder.testkit.Maps.held;
import static io.sluice.sharder.testkit.Maps.pod;

import io.sluice.sharder.Assignment;
import io.sluice.sharder.Ownership;
import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.Tenure;
import io.sluice.sharder.transfer.ByteBudget;
import io.sluice.sharder.transfer.Cursor;
import io.sluice.sharder.transfer.StateReading;
import io.sluice.sharder.transfer.TransferAction;
import io.sluice.sharder.transfer.TransferEvent;
import io.sluice.sharder.transfer.TransferMachine;
import io.sluice.sharder.transfer.TransferResult;
import io.sluice.sharder.transfer.TransferTerms;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Pods with caches that share one assignment, in virtual time. Moves happen at once for all; the state follows through
 * the real machines, a question and its answer at a time.
 */
final class World {
    static final SliceKey MIDDLE = new SliceKey(Long.MIN_VALUE);
    static final Slice LOWER = Slice.of(SliceKey.ROOT, MIDDLE);
    static final Slice UPPER = Slice.from(MIDDLE);

    private final Map<Resource, ShardedCache<String>> caches = new HashMap<>();
    private final List<Pull> pulls = new ArrayList<>();
    private final long bytesPerSecond;
    private final long mostBytes;
    private Assignment current = Assignment.NONE;
    private long generation;
    private long nowNanos;
    private @Nullable Resource down;
    long pulledBytes;

    World(long mostBytes, long bytesPerSecond, String... names) {
        this.mostBytes = mostBytes;
        this.bytesPerSecond = bytesPerSecond;
        for (String name : names) caches.put(pod(name), cache(pod(name), 1));
    }

    ShardedCache<String> at(String name) {
        return caches.get(pod(name));
    }

    Assignment current() {
        return current;
    }

    void isDown(@Nullable String name) {
        down = name == null ? null : pod(name);
    }

    /** The process starts anew and has forgotten everything. */
    void restart(String name, long life) {
        caches.put(pod(name), cache(pod(name), life));
    }

    /** Both halves of the key space get these owners. What moves is announced to both sides. */
    void assign(String lower, String upper) {
        Assignment before = current;
        generation++;
        current = assignment(generation, tenure(LOWER, lower), tenure(UPPER, upper));
        if (before.isEmpty()) return;
        for (Tenure tenure : current.tenures())
            moved(before.tenureOf(tenure.slice().low()), tenure);
    }

    void pass(Duration time) {
        long end = nowNanos + time.toNanos();
        while (true) {
            long next = pulls.stream().mapToLong(pull -> pull.wakeAtNanos).min().orElse(Long.MAX_VALUE);
            if (next > end) break;
            nowNanos = Math.max(nowNanos, next);
            List.copyOf(pulls).forEach(Pull::advance);
        }
        nowNanos = end;
        caches.values().forEach(ShardedCache::advance);
    }

    /** A transfer that is driven by hand. */
    Pull pull(String from, String to, Slice slice) {
        return new Pull(pod(from), pod(to), slice);
    }

    boolean isQuiet() {
        return pulls.isEmpty();
    }

    private Tenure tenure(Slice slice, String owner) {
        boolean stays =
                !current.isEmpty() && current.tenureOf(slice.low()).owner().equals(pod(owner));
        return stays ? current.tenureOf(slice.low()) : held(slice, pod(owner), generation);
    }

    private void moved(Tenure before, Tenure after) {
        if (before.owner().equals(after.owner())) return;
        cache(before.owner()).lost(before.slice());
        cache(after.owner()).gained(after.slice(), generation(generation), Optional.of(before));
        Pull pull = new Pull(before.owner(), after.owner(), after.slice());
        pulls.add(pull);
        pull.tell(new TransferEvent.CutOver());
    }

    private ShardedCache<String> cache(Resource pod) {
        ShardedCache<String> cache = caches.get(pod);
        if (cache == null) throw new AssertionError("no pod " + pod);
        return cache;
    }

    private ShardedCache<String> cache(Resource self, long life) {
        Ownership ownership = key -> current.isEmpty()
                ? Ownership.Answer.UNKNOWN
                : current.ownerOf(key).orElseThrow().equals(self) ? Ownership.Answer.OWNED : Ownership.Answer.NOT_OWNED;
        Peers peers = (pod, question) ->
                pod.equals(down) ? new Reply.NotServed() : cache(pod).answer(question);
        return new ShardedCache<>(
                new ShardedCache.Parts<>(
                        ownership, () -> current, peers, ShardedCache::spread, new Text(), mostBytes, () -> nowNanos),
                life);
    }

    /** One slice on its way. */
    final class Pull {
        private final Resource from;
        private final Resource to;
        private final Slice slice;
        private final TransferMachine machine =
                new TransferMachine(TransferTerms.STANDARD, new ByteBudget(bytesPerSecond), nowNanos);
        private long wakeAtNanos = nowNanos;
        private int steps;
        private int breakAtStep = -1;

        @Nullable
        TransferResult result;

        Pull(Resource from, Resource to, Slice slice) {
            this.from = from;
            this.to = to;
            this.slice = slice;
        }

        Pull breakingAt(int step) {
            breakAtStep = step;
            pulls.add(this);
            return this;
        }

        void tell(TransferEvent event) {
            carryOut(machine.on(event, nowNanos));
        }

        private void advance() {
            carryOut(machine.advance(nowNanos));
        }

        private void carryOut(TransferMachine.Decision decision) {
            wakeAtNanos = decision.wakeAtNanos();
            decision.actions().forEach(this::carryOut);
        }

        private void carryOut(TransferAction action) {
            if (action instanceof TransferAction.Prepare prepare)
                answer(
                        prepare.question(),
                        () -> new TransferEvent.Prepared(
                                prepare.question(), cache(from).provider().prepare(slice)));
            else if (action instanceof TransferAction.Pull pull)
                answer(
                        pull.question(),
                        () -> new TransferEvent.Read(pull.question(), read(pull.cursor(), pull.mostBytes())));
            else if (action instanceof TransferAction.Apply apply) apply(apply.chunk());
            else if (action instanceof TransferAction.Release release)
                cache(from).provider().release(slice, release.cursor());
            else if (action instanceof TransferAction.End end) end(end.result());
        }

        private StateReading read(Cursor cursor, int mostBytes) {
            return cache(from).provider().read(slice, cursor, mostBytes);
        }

        private void answer(long question, Supplier<TransferEvent> answer) {
            if (from.equals(down) || steps++ == breakAtStep) tell(new TransferEvent.Broke(question, "gone"));
            else tell(answer.get());
        }

        private void apply(StateReading.Chunk chunk) {
            pulledBytes += chunk.bytes();
            cache(to).acquirer().apply(slice, chunk);
        }

        private void end(TransferResult how) {
            result = how;
            pulls.remove(this);
            cache(to).acquired(slice);
        }
    }

    /** A value weighs what its text does. */
    private static final class Text implements Codec<String> {
        @Override
        public byte[] encode(String value) {
            return value.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String decode(byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
