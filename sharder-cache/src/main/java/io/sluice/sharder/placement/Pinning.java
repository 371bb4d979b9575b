package io.sluice.sharder.placement;

import io.sluice.sharder.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Cuts out what is pinned, and puts it where it has to be. */
final class Pinning {
    private final Draft draft;

    Pinning(Draft draft) {
        this.draft = draft;
    }

    void run(List<Pin> pins) {
        for (Pin pin : pins) {
            List<Piece> next = new ArrayList<>(draft.pieces().size() + 2);
            for (Piece piece : draft.pieces()) {
                Optional<Slice> common = piece.slice().intersect(pin.slice());
                if (common.isEmpty()) next.add(piece);
                else next.addAll(around(piece, common.get(), draft.pods.number(pin.pod())));
            }
            draft.become(next);
        }
    }

    private List<Piece> around(Piece piece, Slice pinned, int pod) {
        List<Piece> parts = new ArrayList<>(3);
        long first = pinned.low().bits();
        long last = pinned.last().bits();
        if (first != piece.low) parts.add(Parts.piece(piece, piece.low, first - 1));
        Piece inside = Parts.piece(piece, first, last);
        inside.isPinned = true;
        inside.seats = new int[] {pod};
        parts.add(inside);
        if (last != piece.last) parts.add(Parts.piece(piece, last + 1, piece.last));
        draft.replace(piece, parts);
        return parts;
    }
}
