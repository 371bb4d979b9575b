package io.sluice.lake.store;

import io.sluice.lake.store.TrafficMeter.Request;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;

/** Counts requests where they leave, so that each retry, page and part is one. */
final class S3RequestCounter implements ExecutionInterceptor {
    private final TrafficMeter meter;

    S3RequestCounter(TrafficMeter meter) {
        this.meter = meter;
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        meter.count(kind(context.request()));
    }

    private static Request kind(SdkRequest request) {
        if (request instanceof ListObjectsV2Request) return Request.LIST;
        if (request instanceof HeadObjectRequest) return Request.HEAD;
        if (request instanceof GetObjectRequest) return Request.READ;
        if (request instanceof DeleteObjectRequest || request instanceof AbortMultipartUploadRequest)
            return Request.DELETE;
        return Request.PUT;
    }
}
