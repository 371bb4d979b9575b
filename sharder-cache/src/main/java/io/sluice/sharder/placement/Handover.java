package io.sluice.sharder.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Takes everything from pods that are leaving or dead, and from guards what is not pinned to them. */
final class Handover {
    private final Draft draft;
    private final Targets targets;

    Handover(Draft draft, Targets targets) {
        this.draft = draft;
        this.targets = targets;
    }

    void run() {
        List<Piece> orphans = new ArrayList<>();
        for (Piece piece : draft.pieces()) {
            if (piece.isPinned) continue;
            pair(piece);
            if (!dropGone(piece)) orphans.add(piece);
        }
        // The heaviest first: the light ones then level what is left.
        orphans.sort(Comparator.<Piece>comparingDouble(piece -> piece.load).reversed());
        for (Piece piece : orphans) draft.move(piece, 0, home(piece));
    }

    /** A pod and its replacement: slices go over as they are, so nothing else has to move. */
    private void pair(Piece piece) {
        for (int seat = 0; seat < piece.seats.length; seat++) {
            int next = draft.pods.successor[piece.seats[seat]];
            if (next >= 0 && draft.mayTake(next) && piece.seatOf(next) < 0 && draft.hasRoom(next, piece))
                draft.move(piece, seat, next);
        }
    }

    /** @return whether a pod that may have it is left */
    private boolean dropGone(Piece piece) {
        for (int seat = piece.seats.length - 1; seat >= 0 && piece.seats.length > 1; seat--)
            if (!draft.mayTake(piece.seats[seat])) draft.drop(piece, seat);
        return draft.mayTake(piece.seats[0]);
    }

    private int home(Piece piece) {
        int pod = targets.best(piece, 0, -1, Targets.Limits.KEPT);
        return pod == Targets.NONE ? targets.best(piece, 0, -1, Targets.Limits.BROKEN) : pod;
    }
}
