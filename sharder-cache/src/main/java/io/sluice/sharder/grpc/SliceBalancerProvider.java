package io.sluice.sharder.grpc;

import io.grpc.LoadBalancer;
import io.grpc.LoadBalancerProvider;

/** Makes {@link SliceBalancer} known to gRPC under {@link SliceChannel#POLICY}. */
public final class SliceBalancerProvider extends LoadBalancerProvider {
    @Override
    public LoadBalancer newLoadBalancer(LoadBalancer.Helper helper) {
        SliceChannel.Route route = helper.getNameResolverArgs().getArg(SliceChannel.ROUTE);
        if (route == null)
            throw new IllegalStateException(
                    "policy " + SliceChannel.POLICY + " needs a clerk. Build the channel with SliceChannel.to(...).");
        return new SliceBalancer(helper, route);
    }

    @Override
    public boolean isAvailable() {
        return true;
    }

    @Override
    public int getPriority() {
        return 5;
    }

    @Override
    public String getPolicyName() {
        return SliceChannel.POLICY;
    }
}
