package io.sluice.server.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What is known of one method of one route. Written by the event loops, read when the metrics are asked for. */
public final class RouteMeter {
    private static final int HIGHEST_STATUS = 599;

    private final MeterRegistry meters;
    private final String route;
    private final Tags tags;
    private final Timer timer;
    /** By status; a series is made with the first answer of its status, as most never come. */
    private final AtomicReferenceArray<@Nullable LongAdder> answers = new AtomicReferenceArray<>(HIGHEST_STATUS + 1);

    RouteMeter(MeterRegistry meters, String method, String route) {
        this.meters = meters;
        this.route = route;
        this.tags = Tags.of("method", method, "route", route);
        this.timer = Metric.REQUEST_TIME.timer(meters, tags);
    }

    String route() {
        return route;
    }

    /** This is the route that the request matched. */
    public void matched(RoutingContext context) {
        Observation.of(context).matched(this);
    }

    void answered(int status, long nanos) {
        int bounded = Math.min(status, HIGHEST_STATUS);
        @Nullable LongAdder adder = answers.get(bounded);
        (adder == null ? first(bounded) : adder).increment();
        timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    private synchronized LongAdder first(int status) {
        @Nullable LongAdder made = answers.get(status);
        if (made != null) return made;
        LongAdder adder = new LongAdder();
        Metric.REQUESTS.count(meters, adder, LongAdder::sum, tags.and("status", String.valueOf(status)));
        answers.set(status, adder);
        return adder;
    }
}
