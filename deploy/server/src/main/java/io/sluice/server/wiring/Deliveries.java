package io.sluice.server.wiring;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.sharing.files.DeliveryLog;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** What recipients were given: counted for operators, and a line each in the log for whoever looks into one recipient. */
@Singleton
public final class Deliveries implements DeliveryLog {
    private static final Logger LOG = Logger.getLogger("io.sluice.delivery");

    private final Counter queries;
    private final Counter listedBytes;
    private final Counter servedBytes;

    Deliveries(MeterRegistry meters) {
        queries = Counter.builder("sluice.share.queries")
                .description("Queries of shared tables that were answered")
                .register(meters);
        listedBytes = Counter.builder("sluice.share.listed")
                .description("Sizes of the files whose URLs were handed out")
                .baseUnit("bytes")
                .register(meters);
        servedBytes = Counter.builder("sluice.gateway.served")
                .description("Plain bytes that left through the file gateway")
                .baseUnit("bytes")
                .register(meters);
    }

    @Override
    public void listed(Listed event) {
        queries.increment();
        listedBytes.increment(event.bytes());
        LOG.debugf("listed %s", event);
    }

    @Override
    public void served(Served event) {
        servedBytes.increment(event.bytes());
        LOG.debugf("served %s", event);
    }
}
