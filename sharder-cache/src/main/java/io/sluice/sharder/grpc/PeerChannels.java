package io.sluice.sharder.grpc;

import io.grpc.ManagedChannel;
import java.util.LinkedHashMap;
import java.util.Map;

/** One connection to each pod that is talked to. Opened at the first call; given up for others when there are too many. */
final class PeerChannels implements AutoCloseable {
    // Pods come and go, and each start may bring a new address; who is called again is simply connected to again.
    private static final int MOST_CHANNELS = 1024;
    // As for a watch: one value larger than a chunk must pass.
    private static final int LARGEST_MESSAGE_BYTES = 64 << 20;

    private final Cluster cluster;
    private final Map<String, ManagedChannel> channels = new LinkedHashMap<>(16, 0.75f, true);

    PeerChannels(Cluster cluster) {
        this.cluster = cluster;
    }

    synchronized ManagedChannel to(String address) {
        ManagedChannel channel = channels.get(address);
        if (channel == null || channel.isShutdown()) {
            channel = cluster.transport()
                    .channel(address)
                    .maxInboundMessageSize(LARGEST_MESSAGE_BYTES)
                    .build();
            channels.put(address, channel);
            giveUpTheOldest();
        }
        return channel;
    }

    private void giveUpTheOldest() {
        if (channels.size() <= MOST_CHANNELS) return;
        String oldest = channels.keySet().iterator().next();
        // Calls under way may still end.
        ManagedChannel channel = channels.remove(oldest);
        if (channel != null) channel.shutdown();
    }

    @Override
    public synchronized void close() {
        channels.values().forEach(ManagedChannel::shutdownNow);
        channels.clear();
    }
}
