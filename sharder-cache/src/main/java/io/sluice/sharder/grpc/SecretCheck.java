package io.sluice.sharder.grpc;

import io.grpc.ClientInterceptor;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;

/** Turns away callers that do not know the cluster's secret, before any of their messages is read. */
final class SecretCheck implements ServerInterceptor {
    private static final Metadata.Key<String> HEADER =
            Metadata.Key.of("sluice-cluster-secret", Metadata.ASCII_STRING_MARSHALLER);

    private final ClusterSecret secret;

    SecretCheck(ClusterSecret secret) {
        this.secret = secret;
    }

    /** The same stub, presenting the secret with each call. */
    static <S extends AbstractStub<S>> S present(ClusterSecret secret, S stub) {
        return stub.withInterceptors(presenting(secret));
    }

    static ClientInterceptor presenting(ClusterSecret secret) {
        Metadata metadata = new Metadata();
        metadata.put(HEADER, secret.expose());
        return MetadataUtils.newAttachHeadersInterceptor(metadata);
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        String presented = headers.get(HEADER);
        if (presented != null && secret.matches(presented)) return next.startCall(call, headers);
        call.close(
                Status.UNAUTHENTICATED.withDescription(
                        "the caller does not know the secret of this cluster. Give all pods the same one."),
                new Metadata());
        return new ServerCall.Listener<>() {};
    }
}
