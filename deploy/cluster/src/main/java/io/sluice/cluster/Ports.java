package io.sluice.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;

/** Ports of this machine's loopback. */
final class Ports {
    private final Set<Integer> given = new HashSet<>();

    /** One that nobody listens on and that was not handed out before. */
    int free() {
        while (true) {
            try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                if (given.add(probe.getLocalPort())) return probe.getLocalPort();
            } catch (IOException e) {
                throw new UncheckedIOException("this machine has no free port", e);
            }
        }
    }

    static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            // A port that another server left a moment ago is free for us too.
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
