package io.sluice.sharder.placement;

import io.sluice.sharder.SliceKey;
import io.sluice.sharder.load.HotKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Gives load a shape that can be balanced: hot keys stand alone, and no piece is much heavier than what is worth moving
 * at once, in load or in memory. Splitting and merging move nothing, because parts stay where the whole was.
 */
final class Shaping {
    // A piece may be so many times as heavy as a key that deserves handling of its own.
    private static final double HEAVY = 6;
    // Two neighbours are merged only when together they are lighter than what is hot.
    private static final double LIGHT = 1;

    // A piece that takes a larger part of a pod's memory finds room nowhere when memory is short.
    private static final double BULKY = 1.0 / 8;

    private final Draft draft;
    private final double hot;
    private final double bulky;

    Shaping(Draft draft) {
        this.draft = draft;
        this.hot = draft.hot();
        this.bulky = BULKY * draft.smallestByteLimit();
    }

    void split() {
        List<Piece> shaped = new ArrayList<>(draft.pieces().size());
        Deque<Piece> open = new ArrayDeque<>();
        for (Piece piece : draft.pieces()) {
            open.push(piece);
            while (!open.isEmpty()) {
                Piece next = open.pop();
                List<Piece> parts = next.isPinned ? List.of() : parts(next);
                if (parts.isEmpty()) shaped.add(next);
                else draft.replace(next, parts);
                // Pushed from the back, so that they come in the order of their keys.
                for (int i = parts.size() - 1; i >= 0; i--) open.push(parts.get(i));
            }
        }
        draft.become(shaped);
        refine();
    }

    /** Joins cold neighbours that stand on the same pods, while there are more slices than wanted. */
    void merge() {
        int most = draft.policy.mostSlicesPerPod() * draft.pods.servingCount();
        int surplus = draft.pieces().size() - most;
        if (surplus <= 0) return;
        List<Piece> merged = new ArrayList<>(draft.pieces().size());
        for (Piece piece : draft.pieces()) {
            Piece former = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            boolean joins = surplus > 0 && former != null && mayJoin(former, piece);
            if (joins && former != null) {
                Piece whole = former.joined(piece);
                draft.replace(former, List.of());
                draft.replace(piece, List.of(whole));
                merged.set(merged.size() - 1, whole);
                surplus--;
            } else merged.add(piece);
        }
        draft.become(merged);
    }

    private boolean mayJoin(Piece former, Piece next) {
        return !former.isPinned
                && !next.isPinned
                && former.load + next.load < LIGHT * hot
                && former.bytes + next.bytes < bulky / 2
                && former.sharesSeatsWith(next);
    }

    private List<Piece> parts(Piece piece) {
        if (piece.isSingleKey()) return List.of();
        for (HotKey key : piece.hotKeys)
            if (key.atLeast() >= hot && piece.contains(key.key())) return around(piece, key);
        if (piece.load <= HEAVY * hot && piece.bytes <= bulky) return List.of();
        return atCut(piece);
    }

    private static List<Piece> around(Piece piece, HotKey hot) {
        long key = hot.key().bits();
        List<Piece> parts = new ArrayList<>(3);
        if (key != piece.low) parts.add(Parts.piece(piece, piece.low, key - 1));
        parts.add(Parts.piece(piece, key, key));
        if (key != piece.last) parts.add(Parts.piece(piece, key + 1, piece.last));
        return parts;
    }

    private static List<Piece> atCut(Piece piece) {
        long cut = piece.cut.map(SliceKey::bits).orElse(0L);
        boolean isInside = Long.compareUnsigned(piece.low, cut) < 0 && Long.compareUnsigned(cut, piece.last) <= 0;
        if (!isInside) cut = middle(piece);
        return List.of(Parts.piece(piece, piece.low, cut - 1), Parts.piece(piece, cut, piece.last));
    }

    // Without better knowledge in the middle, and between two catalogs where there are several.
    private static long middle(Piece piece) {
        long middle = piece.low + ((piece.last - piece.low) >>> 1) + 1;
        long border = middle >>> 32 << 32;
        return Long.compareUnsigned(border, piece.low) > 0 ? border : middle;
    }

    /** Splits the heaviest until there are enough to share among the pods. */
    private void refine() {
        int missing = draft.policy.fewestSlicesPerPod() * draft.pods.servingCount()
                - draft.pieces().size();
        if (missing <= 0) return;
        PriorityQueue<Piece> heaviest = new PriorityQueue<>((a, b) -> {
            int byLoad = Double.compare(b.load, a.load);
            return byLoad != 0 ? byLoad : Long.compareUnsigned(a.low, b.low);
        });
        List<Piece> shaped = new ArrayList<>();
        for (Piece piece : draft.pieces())
            if (piece.isSingleKey() || piece.isPinned) shaped.add(piece);
            else heaviest.add(piece);
        while (missing-- > 0 && !heaviest.isEmpty()) {
            Piece piece = heaviest.remove();
            List<Piece> halves = atCut(piece);
            draft.replace(piece, halves);
            for (Piece half : halves)
                if (half.isSingleKey()) shaped.add(half);
                else heaviest.add(half);
        }
        shaped.addAll(heaviest);
        draft.become(shaped);
        draft.sort();
    }
}
