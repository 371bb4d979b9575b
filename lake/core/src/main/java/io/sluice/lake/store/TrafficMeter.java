package io.sluice.lake.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.LongAdder;

/** What passes over the wire of one store, counted by whoever sends it. Safe for use by many threads. */
public final class TrafficMeter {
    /** As services bill them: what creates an object, its parts and copies included, is a put. */
    public enum Request {
        LIST,
        HEAD,
        READ,
        PUT,
        DELETE
    }

    private final LongAdder[] requests = new LongAdder[Request.values().length];
    private final LongAdder readBytes = new LongAdder();
    private final LongAdder writtenBytes = new LongAdder();

    public TrafficMeter() {
        for (int kind = 0; kind < requests.length; kind++) requests[kind] = new LongAdder();
    }

    /** All that passed so far. While requests are under way the numbers are those of slightly different moments. */
    public StoreTraffic traffic() {
        return new StoreTraffic(
                sum(Request.LIST),
                sum(Request.HEAD),
                sum(Request.READ),
                sum(Request.PUT),
                sum(Request.DELETE),
                readBytes.sum(),
                writtenBytes.sum());
    }

    void count(Request request) {
        requests[request.ordinal()].increment();
    }

    /** A body of a known length that is about to be sent. */
    void countSent(long bytes) {
        writtenBytes.add(bytes);
    }

    /** A body that is received, counted as far as it is read. */
    InputStream received(InputStream body) {
        return new CountingStream(body, readBytes);
    }

    /** A body that is sent, each time that it is. */
    Content sent(Content content) {
        return new Content() {
            @Override
            public long length() {
                return content.length();
            }

            @Override
            public InputStream open() throws IOException {
                return new CountingStream(content.open(), writtenBytes);
            }
        };
    }

    private long sum(Request request) {
        return requests[request.ordinal()].sum();
    }
}
