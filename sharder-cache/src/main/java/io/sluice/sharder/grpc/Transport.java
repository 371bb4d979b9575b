package io.sluice.sharder.grpc;

import io.grpc.ManagedChannelBuilder;
import io.grpc.ServerBuilder;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.inprocess.InProcessSocketAddress;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;

/** How the parts of one cluster reach each other. */
public enum Transport {
    /** Without sockets, for a cluster that lives in one process. Addresses are names of any kind. */
    IN_PROCESS {
        @Override
        ServerBuilder<?> server(String address) {
            return InProcessServerBuilder.forName(address);
        }

        @Override
        ManagedChannelBuilder<?> channel(String address) {
            return InProcessChannelBuilder.forName(address);
        }

        @Override
        ManagedChannelBuilder<?> channelTo(String name) {
            return InProcessChannelBuilder.forTarget(name);
        }

        @Override
        SocketAddress socket(String address) {
            return new InProcessSocketAddress(address);
        }
    },

    /**
     * HTTP/2 over TCP. Addresses are {@code host:port}. The stream is not encrypted: whoever can read the network
     * between the pods can read the secret, so that network must be private.
     */
    NETWORK {
        @Override
        ServerBuilder<?> server(String address) {
            HostAndPort at = HostAndPort.parse(address);
            return NettyServerBuilder.forAddress(new InetSocketAddress(at.host(), at.port()))
                    .permitKeepAliveTime(KEEP_ALIVE_SECONDS / 2, TimeUnit.SECONDS);
        }

        @Override
        ManagedChannelBuilder<?> channel(String address) {
            HostAndPort at = HostAndPort.parse(address);
            // Clerks hear nothing while nothing changes; only a ping tells them from the forgotten.
            return NettyChannelBuilder.forAddress(at.host(), at.port())
                    .usePlaintext()
                    .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
        }

        @Override
        ManagedChannelBuilder<?> channelTo(String name) {
            return NettyChannelBuilder.forTarget(name)
                    .usePlaintext()
                    .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
        }

        @Override
        SocketAddress socket(String address) {
            HostAndPort at = HostAndPort.parse(address);
            return new InetSocketAddress(at.host(), at.port());
        }
    };

    private static final long KEEP_ALIVE_SECONDS = 10;

    abstract ServerBuilder<?> server(String address);

    abstract ManagedChannelBuilder<?> channel(String address);

    /** To pods that a resolver and a balancer of ours find by the name. */
    abstract ManagedChannelBuilder<?> channelTo(String name);

    abstract SocketAddress socket(String address);
}
