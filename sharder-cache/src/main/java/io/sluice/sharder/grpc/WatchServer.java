package io.sluice.sharder.grpc;

import io.grpc.Server;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** A listening server around a {@link WatchService}. */
final class WatchServer implements AutoCloseable {
    private final Server server;
    private final String address;

    private WatchServer(Server server, String address) {
        this.server = server;
        this.address = address;
    }

    static WatchServer start(Cluster cluster, String listen, WatchService service) throws IOException {
        Server server = cluster.transport()
                .server(listen)
                .addService(service)
                .intercept(new SecretCheck(cluster.secret()))
                .build()
                .start();
        String address = cluster.transport() == Transport.NETWORK
                ? HostAndPort.parse(listen).withPort(server.getPort()).toString()
                : listen;
        return new WatchServer(server, address);
    }

    /** With the port that was really taken. */
    String address() {
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
