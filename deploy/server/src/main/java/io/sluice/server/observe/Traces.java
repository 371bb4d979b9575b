package io.sluice.server.observe;

import io.quarkus.arc.Arc;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.sluice.catalog.store.Timeline;
import io.sluice.server.launch.SluiceConfig;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Traces of requests for a collector that speaks OpenTelemetry's protocol. Without one a request pays a look at a field,
 * and no class of OpenTelemetry's is loaded.
 */
@Singleton
public final class Traces implements Timeline {
    private final @Nullable TraceCollector collector;
    private final CurrentVertxRequest current;

    Traces(SluiceConfig config, CurrentVertxRequest current) {
        this.current = current;
        SluiceConfig.Traces wanted = config.traces();
        this.collector = wanted.endpoint()
                .map(endpoint -> new TraceCollector(
                        endpoint, wanted.sampled(), config.pod().name()))
                .orElse(null);
    }

    /** Watches the request until its last byte has left. */
    public void observe(RoutingContext request) {
        if (collector != null) collector.observe(request);
    }

    /** Work that nobody asked for by a request is not told. */
    @Override
    public Stretch begin(String what) {
        return send(what, (name, value) -> {});
    }

    /** @param headers takes those by which the receiver of a request of ours goes on with the trace */
    public Stretch send(String what, BiConsumer<String, String> headers) {
        @Nullable RoutingContext request = collector == null ? null : request();
        if (collector == null || request == null) return NOTHING;
        return collector.within(request, what, headers);
    }

    private @Nullable RoutingContext request() {
        return Arc.container().requestContext().isActive() ? current.getCurrent() : null;
    }

    void stop(@Observes ShutdownEvent stopping) {
        if (collector != null) collector.close();
    }
}
