package io.sluice.bench.server;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One kept-alive connection that sends a request and counts the bytes of the answer. A full HTTP client would take more
 * of the machine than the server under test and hide what is to be seen.
 */
public final class WireClient implements Closeable {
    private static final int BUFFER = 64 * 1024;

    private final WireRequest request;
    private final Socket socket;
    private final InputStream in;
    private final byte[] scrap = new byte[BUFFER];
    private long firstByteNanos;

    public WireClient(WireRequest request) throws IOException {
        this.request = request;
        this.socket = new Socket(request.host(), request.port());
        socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream(), BUFFER);
    }

    /**
     * Sends the request and reads its whole answer.
     *
     * @return the length of its body
     * @throws IOException also when the answer is no success
     */
    public long exchange() throws IOException {
        return exchange(request);
    }

    /** When the first byte of the last answer's body was there, by {@link System#nanoTime}. */
    public long firstByteNanos() {
        return firstByteNanos;
    }

    /** As above with another request to the same server. */
    public long exchange(WireRequest other) throws IOException {
        socket.getOutputStream().write(other.bytes());
        String status = line();
        if (!status.startsWith("HTTP/1.1 2")) throw new IOException("the server answered: " + status);
        long length = 0;
        boolean isChunked = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:"))
                length = Long.parseLong(lower.substring(15).trim());
            if (lower.startsWith("transfer-encoding:")) isChunked = lower.contains("chunked");
        }
        if (isChunked || length > 0) awaitFirstByte();
        if (isChunked) return chunks();
        skip(length);
        return length;
    }

    private void awaitFirstByte() throws IOException {
        in.mark(1);
        if (in.read() >= 0) in.reset();
        firstByteNanos = System.nanoTime();
    }

    private long chunks() throws IOException {
        long total = 0;
        while (true) {
            long size = Long.parseLong(line().trim(), 16);
            skip(size);
            line();
            if (size == 0) return total;
            total += size;
        }
    }

    private void skip(long count) throws IOException {
        long left = count;
        while (left > 0) {
            int got = in.read(scrap, 0, (int) Math.min(left, scrap.length));
            if (got < 0) throw new EOFException("the server closed the connection within an answer");
            left -= got;
        }
    }

    private String line() throws IOException {
        int length = 0;
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) throw new EOFException("the server closed the connection");
            scrap[length++] = (byte) next;
        }
        return new String(scrap, 0, Math.max(0, length - 1), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
