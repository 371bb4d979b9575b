package io.sluice.server.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.server.observe.Metric;
import io.sluice.sharing.files.DeliveryLog;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;

/** What recipients were given: counted for operators, and told to the audit log where URLs were handed out. */
@Singleton
public final class Deliveries implements DeliveryLog {
    private static final Logger LOG = Logger.getLogger("io.sluice.delivery");

    private final LongAdder queries = new LongAdder();
    private final LongAdder listedBytes = new LongAdder();
    private final LongAdder servedBytes = new LongAdder();

    private final DeliveryAudit audit;

    Deliveries(MeterRegistry meters, DeliveryAudit audit) {
        this.audit = audit;
        Metric.SHARE_QUERIES.count(meters, queries, LongAdder::sum);
        Metric.SHARE_LISTED.count(meters, listedBytes, LongAdder::sum);
        Metric.GATEWAY_SERVED.count(meters, servedBytes, LongAdder::sum);
    }

    @Override
    public void listed(Listed event) {
        queries.increment();
        listedBytes.add(event.bytes());
        audit.add(event);
    }

    @Override
    public void served(Served event) {
        servedBytes.add(event.bytes());
        LOG.debugf("served %s", event);
    }
}
