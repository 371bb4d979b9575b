package io.sluice.simulation;

import java.util.PriorityQueue;

/** True time, which no part of the world can read, and what happens in it, one thing after another. */
final class VirtualTime {
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long nowNanos;
    private long scheduled;

    // The number keeps what was planned first in front, so that equal times do not depend on the queue.
    private record Event(long atNanos, long number, Runnable task) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return atNanos != other.atNanos ? Long.compare(atNanos, other.atNanos) : Long.compare(number, other.number);
        }
    }

    long nowNanos() {
        return nowNanos;
    }

    void at(long atNanos, Runnable task) {
        events.add(new Event(Math.max(atNanos, nowNanos), scheduled++, task));
    }

    void after(long nanos, Runnable task) {
        at(nowNanos + nanos, task);
    }

    /**
     * Lets the next thing happen.
     *
     * @return false when nothing happens before {@code endNanos}; it is then that moment
     */
    boolean step(long endNanos) {
        Event next = events.peek();
        if (next == null || next.atNanos() > endNanos) {
            nowNanos = endNanos;
            return false;
        }
        nowNanos = events.remove().atNanos();
        next.task().run();
        return true;
    }
}
