package io.sluice.lake.store;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelinePosition;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.policy.HttpPipelineSyncPolicy;
import io.sluice.lake.store.TrafficMeter.Request;

/** Counts requests where they leave, so that each retry, page and block is one. */
final class AzureRequestCounter extends HttpPipelineSyncPolicy {
    private final TrafficMeter meter;

    AzureRequestCounter(TrafficMeter meter) {
        this.meter = meter;
    }

    @Override
    public HttpPipelinePosition getPipelinePosition() {
        return HttpPipelinePosition.PER_RETRY;
    }

    @Override
    protected void beforeSendingRequest(HttpPipelineCallContext context) {
        meter.count(kind(context.getHttpRequest()));
    }

    private static Request kind(HttpRequest request) {
        HttpMethod method = request.getHttpMethod();
        if (method == HttpMethod.PUT) return Request.PUT;
        if (method == HttpMethod.HEAD) return Request.HEAD;
        if (method == HttpMethod.DELETE) return Request.DELETE;
        String query = request.getUrl().getQuery();
        return query != null && query.contains("comp=list") ? Request.LIST : Request.READ;
    }
}
