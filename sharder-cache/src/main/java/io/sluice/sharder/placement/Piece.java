package io.sluice.sharder.placement;

import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.load.HotKey;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A slice while a plan is made. Pods are numbers here. */
final class Piece {
    final long low;
    final long last;
    double load;
    double writes;
    long bytes;
    List<HotKey> hotKeys;
    Optional<SliceKey> cut;
    /** The owner first, then the replicas. */
    int[] seats;
    /** The seats when the round began. */
    final int[] before;
    /** Stays where it is, whatever happens. */
    boolean isPinned;

    Piece(Slice slice, SliceLoad load, int[] seats) {
        this(slice.low().bits(), slice.last().bits(), seats, seats.clone());
        this.load = load.perSecond();
        this.writes = Math.min(load.writesPerSecond(), load.perSecond());
        this.bytes = load.residentBytes();
        this.hotKeys = load.hotKeys();
        this.cut = load.cut();
    }

    private Piece(long low, long last, int[] seats, int[] before) {
        this.low = low;
        this.last = last;
        this.seats = seats;
        this.before = before;
        this.hotKeys = List.of();
        this.cut = Optional.empty();
    }

    /** A part with its share of everything; the seats are copied. */
    Piece part(long first, long end, double loadPart, double bytesPart) {
        Piece part = new Piece(first, end, seats.clone(), before);
        part.load = load * loadPart;
        part.writes = writes * loadPart;
        part.bytes = (long) (bytes * bytesPart);
        part.hotKeys = hotKeys.stream().filter(key -> part.contains(key.key())).toList();
        part.isPinned = isPinned;
        return part;
    }

    /** This and the piece right after it, which must have the same seats. */
    Piece joined(Piece next) {
        Piece joined = new Piece(low, next.last, seats, before);
        joined.load = load + next.load;
        joined.writes = writes + next.writes;
        joined.bytes = bytes + next.bytes;
        return joined;
    }

    boolean isSingleKey() {
        return low == last;
    }

    boolean contains(SliceKey key) {
        return Long.compareUnsigned(low, key.bits()) <= 0 && Long.compareUnsigned(key.bits(), last) <= 0;
    }

    /** What a seat carries: reads are spread over all, writes go to the owner. */
    double share(int seat) {
        return share(seat, seats.length);
    }

    double share(int seat, int seatCount) {
        double reads = (load - writes) / seatCount;
        return seat == 0 ? reads + writes : reads;
    }

    int seatOf(int pod) {
        return seatOf(pod, seats);
    }

    double shareBefore(int pod) {
        int seat = seatOf(pod, before);
        return seat < 0 ? 0 : share(seat, before.length);
    }

    boolean sharesSeatsWith(Piece other) {
        return Arrays.equals(seats, other.seats) && Arrays.equals(before, other.before);
    }

    Slice slice() {
        return Slice.closed(new SliceKey(low), new SliceKey(last));
    }

    private static int seatOf(int pod, int[] seats) {
        for (int i = 0; i < seats.length; i++) if (seats[i] == pod) return i;
        return -1;
    }
}
