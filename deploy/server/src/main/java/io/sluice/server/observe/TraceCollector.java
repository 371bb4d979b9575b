package io.sluice.server.observe;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.sluice.catalog.store.Timeline;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Sends spans to a collector in batches, from a thread of its own; one that does not answer costs the spans alone. */
final class TraceCollector implements AutoCloseable {
    private static final String SPAN = "sluice.span";
    private static final int FIRST_SERVER_ERROR = 500;
    private static final long LAST_WORD_SECONDS = 5;
    private static final W3CTraceContextPropagator WIRE = W3CTraceContextPropagator.getInstance();

    private final SdkTracerProvider provider;
    private final Tracer tracer;

    /** @param sampled which part of the requests that arrive in no trace yet; others follow whoever sent them */
    TraceCollector(URI endpoint, double sampled, String pod) {
        provider = SdkTracerProvider.builder()
                .setResource(Resource.getDefault()
                        .merge(Resource.create(Attributes.of(
                                AttributeKey.stringKey("service.name"),
                                "sluice",
                                AttributeKey.stringKey("service.instance.id"),
                                pod))))
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(sampled)))
                .addSpanProcessor(BatchSpanProcessor.builder(OtlpHttpSpanExporter.builder()
                                .setEndpoint(endpoint.toString())
                                .build())
                        .build())
                .build();
        tracer = provider.get("io.sluice");
    }

    void observe(RoutingContext request) {
        Context before = WIRE.extract(Context.root(), request.request().headers(), Headers.READ);
        Span span = tracer.spanBuilder(request.request().method().name())
                .setParent(before)
                .setSpanKind(SpanKind.SERVER)
                .setAttribute("http.request.method", request.request().method().name())
                .setAttribute("url.path", request.normalizedPath())
                .startSpan();
        request.put(SPAN, span);
        request.addEndHandler(end -> end(request, span));
    }

    private static void end(RoutingContext request, Span span) {
        int status = request.response().getStatusCode();
        Observation.of(request).route().ifPresent(route -> {
            span.updateName(request.request().method() + " " + route);
            span.setAttribute("http.route", route);
        });
        span.setAttribute("http.response.status_code", status);
        // The name by which the request is found in the audit log and in the server's own.
        span.setAttribute("sluice.request_id", request.response().headers().get("x-request-id"));
        if (status >= FIRST_SERVER_ERROR) span.setStatus(StatusCode.ERROR);
        span.end();
    }

    /** A stretch of a request. What it is nested in is the request, not another stretch. */
    Timeline.Stretch within(RoutingContext request, String what, BiConsumer<String, String> headers) {
        Span span = tracer.spanBuilder(what)
                .setParent(Context.root().with(request.<Span>get(SPAN)))
                .setSpanKind(SpanKind.CLIENT)
                .startSpan();
        WIRE.inject(Context.root().with(span), headers, (to, name, value) -> {
            if (to != null) to.accept(name, value);
        });
        return span::end;
    }

    @Override
    public void close() {
        provider.shutdown().join(LAST_WORD_SECONDS, TimeUnit.SECONDS);
    }

    private enum Headers implements TextMapGetter<MultiMap> {
        READ;

        @Override
        public Iterable<String> keys(MultiMap headers) {
            return headers.names();
        }

        @Override
        public @Nullable String get(@Nullable MultiMap headers, String name) {
            return headers == null ? null : headers.get(name);
        }
    }
}
