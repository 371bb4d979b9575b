package io.sluice.sharder.grpc.xds;

import com.google.protobuf.Any;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.sluice.sharder.Clerk;
import io.sluice.sharder.Resource;
import io.sluice.sharder.Target;
import io.sluice.sharder.wire.xds.AggregatedDiscoveryServiceGrpc.AggregatedDiscoveryServiceImplBase;
import io.sluice.sharder.wire.xds.DiscoveryRequestP;
import io.sluice.sharder.wire.xds.DiscoveryResponseP;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves xDS (aggregated, version 3, state of the world) about all targets that this process has a clerk for. Tells
 * addresses and slices, takes nothing, and asks for no secret, because the clients of this protocol have none to give:
 * listen where only those can connect who may know.
 */
public final class XdsServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(XdsServer.class);
    /** As many subscribers as one slicelet has. */
    private static final int MOST_STREAMS = 5_000;

    private final Map<Target, Clerk> clerks;
    private final Function<Resource, ExportedPod> describe;
    private final ScheduledExecutorService thread;
    private final Set<XdsStream> streams = new LinkedHashSet<>();
    private final Server server;
    private Map<String, Map<String, Any>> world = Map.of();

    private XdsServer(
            InetSocketAddress listen,
            Map<Target, Clerk> clerks,
            Function<Resource, ExportedPod> describe,
            Duration look)
            throws IOException {
        this.clerks = Map.copyOf(clerks);
        this.describe = describe;
        this.world = export();
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread daemon = new Thread(task, "sharder-xds");
            daemon.setDaemon(true);
            return daemon;
        });
        this.server = NettyServerBuilder.forAddress(listen)
                .addService(new Service())
                .build()
                .start();
        var unused = thread.scheduleWithFixedDelay(this::look, look.toMillis(), look.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Begins to serve.
     *
     * @param listen port 0 asks for any free one
     * @param describe zone, capacity and health of a pod, as far as known
     * @param look how often assignments and descriptions are compared with what was told
     */
    public static XdsServer start(
            InetSocketAddress listen,
            Map<Target, Clerk> clerks,
            Function<Resource, ExportedPod> describe,
            Duration look)
            throws IOException {
        return new XdsServer(listen, clerks, describe, look);
    }

    public int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        server.shutdownNow();
        thread.shutdownNow();
    }

    private void look() {
        try {
            Map<String, Map<String, Any>> now = export();
            if (now.equals(world)) return;
            world = now;
            streams.forEach(stream -> stream.changed(now));
        } catch (RuntimeException broken) {
            // Thrown on, it would end the looking for good.
            LOG.error("the endpoints could not be told; what was told before stands", broken);
        }
    }

    private Map<String, Map<String, Any>> export() {
        Map<String, Map<String, Any>> all = new HashMap<>();
        clerks.forEach((target, clerk) -> {
            // Before the first assignment there is nothing to tell; an empty cluster would turn callers away.
            if (clerk.assignment().isEmpty()) return;
            XdsResources.of(target, clerk.assignment(), describe)
                    .forEach((type, resource) ->
                            all.computeIfAbsent(type, t -> new TreeMap<>()).put(target.name(), resource));
        });
        return all;
    }

    private void execute(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException closed) {
            LOG.debug("a request after the end of the server");
        }
    }

    private final class Service extends AggregatedDiscoveryServiceImplBase {
        @Override
        public StreamObserver<DiscoveryRequestP> streamAggregatedResources(StreamObserver<DiscoveryResponseP> out) {
            XdsStream stream = new XdsStream(out);
            ((ServerCallStreamObserver<DiscoveryResponseP>) out)
                    .setOnCancelHandler(() -> execute(() -> streams.remove(stream)));
            execute(() -> {
                if (streams.size() < MOST_STREAMS) streams.add(stream);
                else
                    out.onError(Status.RESOURCE_EXHAUSTED
                            .withDescription("this server already has " + MOST_STREAMS + " subscribers")
                            .asRuntimeException());
            });
            return new StreamObserver<>() {
                @Override
                public void onNext(DiscoveryRequestP request) {
                    execute(() -> {
                        if (streams.contains(stream)) stream.received(request, world);
                    });
                }

                @Override
                public void onError(Throwable broken) {
                    execute(() -> streams.remove(stream));
                }

                @Override
                public void onCompleted() {
                    execute(() -> {
                        if (streams.remove(stream)) out.onCompleted();
                    });
                }
            };
        }
    }
}
