package io.sluice.server.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.server.observe.Metric;
import io.sluice.sharing.files.DeliveryLog;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;

/** What recipients were given: counted for operators, and a line each in the log for whoever looks into one recipient. */
@Singleton
public final class Deliveries implements DeliveryLog {
    private static final Logger LOG = Logger.getLogger("io.sluice.delivery");

    private final LongAdder queries = new LongAdder();
    private final LongAdder listedBytes = new LongAdder();
    private final LongAdder servedBytes = new LongAdder();

    Deliveries(MeterRegistry meters) {
        Metric.SHARE_QUERIES.count(meters, queries, LongAdder::sum);
        Metric.SHARE_LISTED.count(meters, listedBytes, LongAdder::sum);
        Metric.GATEWAY_SERVED.count(meters, servedBytes, LongAdder::sum);
    }

    @Override
    public void listed(Listed event) {
        queries.increment();
        listedBytes.add(event.bytes());
        LOG.debugf("listed %s", event);
    }

    @Override
    public void served(Served event) {
        servedBytes.add(event.bytes());
        LOG.debugf("served %s", event);
    }
}
