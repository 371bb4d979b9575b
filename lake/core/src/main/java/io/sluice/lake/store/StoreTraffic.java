package io.sluice.lake.store;

/**
 * What was asked of a store and what went over the wire, up to some moment. Immutable; differences of two moments are
 * what happened in between.
 *
 * @param readBytes bytes of bodies really received, those of reads broken off included
 * @param writtenBytes bytes of bodies really sent, those of failed and repeated writes included
 */
public record StoreTraffic(
        long lists, long heads, long reads, long puts, long deletes, long readBytes, long writtenBytes) {
    public static final StoreTraffic NONE = new StoreTraffic(0, 0, 0, 0, 0, 0, 0);

    public long requests() {
        return lists + heads + reads + puts + deletes;
    }

    public StoreTraffic minus(StoreTraffic earlier) {
        return new StoreTraffic(
                lists - earlier.lists,
                heads - earlier.heads,
                reads - earlier.reads,
                puts - earlier.puts,
                deletes - earlier.deletes,
                readBytes - earlier.readBytes,
                writtenBytes - earlier.writtenBytes);
    }

    public StoreTraffic plus(StoreTraffic other) {
        return new StoreTraffic(
                lists + other.lists,
                heads + other.heads,
                reads + other.reads,
                puts + other.puts,
                deletes + other.deletes,
                readBytes + other.readBytes,
                writtenBytes + other.writtenBytes);
    }
}
