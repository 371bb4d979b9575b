package io.sluice.sharder.grpc;

import io.grpc.Attributes;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.StatusOr;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Resolves the names of {@link SliceChannel} to nothing at all: the balancer learns the pods from the clerk. */
public final class SliceResolverProvider extends NameResolverProvider {
    @Override
    public NameResolver newNameResolver(URI name, NameResolver.Args args) {
        return SliceChannel.SCHEME.equals(name.getScheme()) ? new Nowhere(name.getPath()) : null;
    }

    @Override
    public String getDefaultScheme() {
        return SliceChannel.SCHEME;
    }

    @Override
    protected boolean isAvailable() {
        return true;
    }

    @Override
    protected int priority() {
        // Below DNS, so that names without a scheme stay what they were.
        return 4;
    }

    @Override
    public Collection<Class<? extends SocketAddress>> getProducedSocketAddressTypes() {
        return Set.of();
    }

    private static final class Nowhere extends NameResolver {
        private final String target;

        Nowhere(String path) {
            this.target = path.substring(1);
        }

        @Override
        public String getServiceAuthority() {
            return target;
        }

        @Override
        public void start(Listener2 listener) {
            listener.onResult(ResolutionResult.newBuilder()
                    .setAddressesOrError(StatusOr.fromValue(List.of()))
                    .setAttributes(Attributes.EMPTY)
                    .build());
        }

        @Override
        public void shutdown() {}
    }
}
