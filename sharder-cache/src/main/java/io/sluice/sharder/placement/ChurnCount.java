package io.sluice.sharder.placement;

/** Adds up the load that comes to pods which did not carry it before. */
final class ChurnCount {
    private final Draft draft;
    private double removal;
    private double addition;
    private double balancing;

    ChurnCount(Draft draft) {
        this.draft = draft;
    }

    void add(Piece piece) {
        double left = 0;
        for (int pod : piece.before) if (!draft.pods.isServing[pod]) left += piece.shareBefore(pod);
        double gained = 0;
        double gainedByFresh = 0;
        for (int seat = 0; seat < piece.seats.length; seat++) {
            int pod = piece.seats[seat];
            if (!draft.pods.isServing[pod]) continue;
            double gain = Math.max(0, piece.share(seat) - piece.shareBefore(pod));
            gained += gain;
            if (draft.isFresh[pod]) gainedByFresh += gain;
        }
        double removed = Math.min(gained, left);
        double added = Math.min(gained - removed, gainedByFresh);
        removal += removed;
        addition += added;
        balancing += gained - removed - added;
    }

    Churn sum(double unavoidable) {
        if (draft.total <= 0) return Churn.NONE;
        double moved = balancing / draft.total;
        return new Churn(
                removal / draft.total, addition / draft.total, moved, Math.min(moved, unavoidable / draft.total));
    }
}
