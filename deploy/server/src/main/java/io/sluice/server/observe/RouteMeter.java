package io.sluice.server.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What is known of one method of one route. Written by the event loops, read when the metrics are asked for. */
final class RouteMeter {
    private static final int CLASSES = 6;

    private final MeterRegistry meters;
    private final String[] tags;
    private final Timer timer;
    /** By status class; a series is made with the first answer of its class, as most never come. */
    private final AtomicReferenceArray<@Nullable LongAdder> answers = new AtomicReferenceArray<>(CLASSES);

    RouteMeter(MeterRegistry meters, String method, String route) {
        this.meters = meters;
        this.tags = new String[] {"method", method, "route", route};
        this.timer = Metric.REQUEST_TIME.timer(meters, tags);
    }

    void answered(int status, long nanos) {
        int statusClass = Math.min(status / 100, CLASSES - 1);
        @Nullable LongAdder adder = answers.get(statusClass);
        (adder == null ? first(statusClass) : adder).increment();
        timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    private synchronized LongAdder first(int statusClass) {
        @Nullable LongAdder made = answers.get(statusClass);
        if (made != null) return made;
        LongAdder adder = new LongAdder();
        Metric.REQUESTS.count(
                meters, adder, LongAdder::sum, tags[0], tags[1], tags[2], tags[3], "status", statusClass + "xx");
        answers.set(statusClass, adder);
        return adder;
    }

    long successes() {
        @Nullable LongAdder adder = answers.get(2);
        return adder == null ? 0 : adder.sum();
    }
}
