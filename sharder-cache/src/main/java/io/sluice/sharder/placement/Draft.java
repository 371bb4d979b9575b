package io.sluice.sharder.placement;

import io.sluice.sharder.Resource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** A plan in the making: pieces on pods, and what each pod carries. Valid after every step. */
final class Draft {
    private static final Comparator<Piece> BY_KEY = (a, b) -> Long.compareUnsigned(a.low, b.low);

    final Policy policy;
    final Pods pods;
    final double[] load;
    final long[] bytes;
    /** Serving pods that had nothing when the round began. */
    final boolean[] isFresh;
    /** Pieces by pod, in no particular but a repeatable order. */
    final List<List<Piece>> at = new ArrayList<>();
    /** All load over all capacity. */
    final double utilisation;

    final double total;

    private List<Piece> pieces;

    Draft(Board board, Policy policy, List<Pin> pins) {
        this.policy = policy;
        this.pods = new Pods(board, pins);
        this.load = new double[pods.count];
        this.bytes = new long[pods.count];
        this.isFresh = pods.isServing.clone();
        for (int pod = 0; pod < pods.count; pod++) at.add(new ArrayList<>());
        // An unknown load is not none: each slice weighs a little, so that without any report the numbers are levelled.
        double reserve = board.slices().isEmpty()
                ? 0
                : Math.max(Policy.RESERVE * pods.totalCapacity(), 1e-6)
                        / board.slices().size();
        this.pieces = new ArrayList<>(board.slices().size());
        double sum = 0;
        for (PlacedSlice placed : board.slices()) {
            Piece piece = new Piece(placed.slice(), placed.load(), numbers(placed));
            piece.load += reserve;
            sum += piece.load;
            pieces.add(piece);
            for (int seat = 0; seat < piece.seats.length; seat++) {
                isFresh[piece.seats[seat]] = false;
                carry(piece, seat, 1);
            }
        }
        for (int pod = 0; pod < pods.count; pod++) isFresh[pod] &= !pods.isGuard[pod];
        this.total = sum;
        this.utilisation = sum / pods.totalCapacity();
    }

    private int[] numbers(PlacedSlice placed) {
        int[] seats = new int[1 + placed.replicas().size()];
        seats[0] = pods.number(placed.owner());
        for (int i = 1; i < seats.length; i++)
            seats[i] = pods.number(placed.replicas().get(i - 1));
        return seats;
    }

    List<Piece> pieces() {
        return pieces;
    }

    /** What a pod has to carry when all carry the same part of their capacity. */
    double fairShare(int pod) {
        return utilisation * pods.capacity[pod];
    }

    /** How far above its fair share a pod may be, times the given part of the tolerance. */
    double ceiling(int pod, double partOfTolerance) {
        double fair = fairShare(pod);
        return fair + partOfTolerance * policy.tolerance() * Math.max(fair, pods.capacity[pod]);
    }

    /** The load above which a key, a piece or a replica deserves handling of its own. */
    double hot() {
        return policy.hotShare() * Math.max(utilisation, Policy.IDLE) * pods.totalCapacity() / pods.servingCount();
    }

    boolean isOverloaded(int pod) {
        return load[pod] > policy.overload() * pods.capacity[pod];
    }

    boolean mayTake(int pod) {
        return pods.isServing[pod] && !pods.isGuard[pod];
    }

    boolean hasRoom(int pod, Piece piece) {
        return bytes[pod] + piece.bytes <= pods.byteLimit[pod];
    }

    /** The serving pods by how full they are. */
    int[] fullestFirst() {
        return IntStream.range(0, pods.count)
                .filter(pod -> pods.isServing[pod])
                .boxed()
                .sorted(Comparator.comparingDouble((Integer pod) -> load[pod] / pods.capacity[pod])
                        .reversed())
                .mapToInt(Integer::intValue)
                .toArray();
    }

    double smallestCapacity() {
        double smallest = Double.MAX_VALUE;
        for (int pod = 0; pod < pods.count; pod++)
            if (pods.isServing[pod]) smallest = Math.min(smallest, pods.capacity[pod]);
        return smallest;
    }

    double smallestByteLimit() {
        double smallest = Double.MAX_VALUE;
        for (int pod = 0; pod < pods.count; pod++)
            if (pods.isServing[pod]) smallest = Math.min(smallest, pods.byteLimit[pod]);
        return smallest;
    }

    /** Gives a seat to another pod. */
    void move(Piece piece, int seat, int pod) {
        carry(piece, seat, -1);
        piece.seats[seat] = pod;
        carry(piece, seat, 1);
    }

    void addReplica(Piece piece, int pod) {
        carryAll(piece, -1);
        piece.seats = Arrays.copyOf(piece.seats, piece.seats.length + 1);
        piece.seats[piece.seats.length - 1] = pod;
        carryAll(piece, 1);
    }

    /** The next replica steps up when it is the owner that goes. Requires another seat. */
    void drop(Piece piece, int seat) {
        carryAll(piece, -1);
        int[] rest = new int[piece.seats.length - 1];
        for (int i = 0, to = 0; i < piece.seats.length; i++) if (i != seat) rest[to++] = piece.seats[i];
        piece.seats = rest;
        carryAll(piece, 1);
    }

    /** Puts parts in the place of a piece. */
    void replace(Piece piece, List<Piece> parts) {
        carryAll(piece, -1);
        for (Piece part : parts) carryAll(part, 1);
    }

    /** Takes the pieces that {@link #replace} left behind. */
    void become(List<Piece> next) {
        pieces = next;
    }

    void sort() {
        pieces.sort(BY_KEY);
    }

    Plan plan(double unavoidable) {
        sort();
        List<PlannedSlice> slices = new ArrayList<>(pieces.size());
        ChurnCount churn = new ChurnCount(this);
        for (Piece piece : pieces) {
            churn.add(piece);
            List<Resource> replicas = new ArrayList<>(piece.seats.length - 1);
            for (int i = 1; i < piece.seats.length; i++) replicas.add(pods.resource(piece.seats[i]));
            slices.add(new PlannedSlice(piece.slice(), pods.resource(piece.seats[0]), replicas));
        }
        return new Plan(slices, churn.sum(unavoidable));
    }

    private void carryAll(Piece piece, int sign) {
        for (int seat = 0; seat < piece.seats.length; seat++) carry(piece, seat, sign);
    }

    private void carry(Piece piece, int seat, int sign) {
        int pod = piece.seats[seat];
        load[pod] += sign * piece.share(seat);
        bytes[pod] += sign * piece.bytes;
        if (sign > 0) at.get(pod).add(piece);
        else at.get(pod).remove(piece);
    }
}
