package io.sluice.bench.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands before a service as a network would: each request arrives so much later. Counts the requests. Made for small
 * requests without bodies, of which each is one write.
 */
public final class DelayingProxy implements AutoCloseable {
    private static final int BUFFER = 64 * 1024;

    private final ServerSocket listening;
    private final URI target;
    private final Duration delay;
    private final AtomicLong requests = new AtomicLong();

    private DelayingProxy(ServerSocket listening, URI target, Duration delay) {
        this.listening = listening;
        this.target = target;
        this.delay = delay;
    }

    public static DelayingProxy before(URI target, Duration delay) throws IOException {
        DelayingProxy proxy =
                new DelayingProxy(new ServerSocket(0, 256, InetAddress.getLoopbackAddress()), target, delay);
        start(proxy::accept);
        return proxy;
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort());
    }

    /** How many arrived so far. */
    public long requests() {
        return requests.get();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Socket server = new Socket(target.getHost(), target.getPort());
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                start(() -> copy(client, server, true));
                start(() -> copy(server, client, false));
            } catch (IOException e) {
                // Closed, or a connection that came to nothing: its client will tell.
            }
        }
    }

    private void copy(Socket from, Socket to, boolean isRequest) {
        byte[] buffer = new byte[BUFFER];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (isRequest) {
                    requests.incrementAndGet();
                    LockSupport.parkNanos(delay.toNanos());
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            // One side went away; the other is closed with it.
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "delaying proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
