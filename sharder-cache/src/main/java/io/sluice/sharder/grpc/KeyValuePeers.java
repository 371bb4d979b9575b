package io.sluice.sharder.grpc;

import io.grpc.StatusRuntimeException;
import io.sluice.sharder.Resource;
import io.sluice.sharder.kv.Peers;
import io.sluice.sharder.kv.Question;
import io.sluice.sharder.kv.Reply;
import io.sluice.sharder.wire.KeyValueGrpc;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks other pods at the addresses of their resources. */
final class KeyValuePeers implements Peers {
    private static final Logger LOG = LoggerFactory.getLogger(KeyValuePeers.class);

    private final Cluster cluster;
    private final PeerChannels channels;
    private final Duration patience;

    KeyValuePeers(Cluster cluster, PeerChannels channels, Duration patience) {
        this.cluster = cluster;
        this.channels = channels;
        this.patience = patience;
    }

    @Override
    public Reply ask(Resource pod, Question question) {
        try {
            return KeyValueWire.decode(
                    SecretCheck.present(cluster.secret(), KeyValueGrpc.newBlockingStub(channels.to(pod.address())))
                            .withDeadlineAfter(patience.toNanos(), TimeUnit.NANOSECONDS)
                            .ask(KeyValueWire.encode(cluster.target(), question)));
        } catch (StatusRuntimeException | IllegalArgumentException failed) {
            LOG.debug("{} does not answer", pod, failed);
            return new Reply.NotServed();
        }
    }
}
