package io.sluice.lake.store;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelinePosition;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.policy.HttpPipelineSyncPolicy;
import io.sluice.lake.store.TrafficMeter.Request;

/** Counts requests and their bodies where they leave, so that each retry, page and block is one. */
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
        HttpRequest request = context.getHttpRequest();
        meter.count(kind(request));
        String length = request.getHeaders().getValue(HttpHeaderName.CONTENT_LENGTH);
        if (carriesBytes(request) && length != null) meter.countSent(Long.parseLong(length));
    }

    /** Of objects; the list of an object's blocks has none. */
    private static boolean carriesBytes(HttpRequest request) {
        return request.getHttpMethod() == HttpMethod.PUT && !asks(request, "comp=blocklist");
    }

    private static boolean asks(HttpRequest request, String what) {
        String query = request.getUrl().getQuery();
        return query != null && query.contains(what);
    }

    private static Request kind(HttpRequest request) {
        HttpMethod method = request.getHttpMethod();
        if (method == HttpMethod.PUT) return Request.PUT;
        if (method == HttpMethod.HEAD) return Request.HEAD;
        if (method == HttpMethod.DELETE) return Request.DELETE;
        return asks(request, "comp=list") ? Request.LIST : Request.READ;
    }
}
