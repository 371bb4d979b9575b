package io.sluice.sharder.grpc;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** A listening server of one pod, for those who know the secret: watches, transfers, the key-value face. */
public final class WatchServer implements AutoCloseable {
    private final Server server;
    private final String address;

    private WatchServer(Server server, String address) {
        this.server = server;
        this.address = address;
    }

    /** @param listen {@code host:port}; port 0 asks for any free one */
    public static WatchServer start(Cluster cluster, String listen, BindableService... services) throws IOException {
        ServerBuilder<?> builder = cluster.transport().server(listen).intercept(new SecretCheck(cluster.secret()));
        for (BindableService service : services) builder.addService(service);
        Server server = builder.build().start();
        String address = cluster.transport() == Transport.NETWORK
                ? HostAndPort.parse(listen).withPort(server.getPort()).toString()
                : listen;
        return new WatchServer(server, address);
    }

    /** With the port that was really taken. */
    public String address() {
        return address;
    }

    @Override
    public void close() {
        server.shutdownNow();
        try {
            server.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
