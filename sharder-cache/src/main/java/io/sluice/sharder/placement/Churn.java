package io.sluice.sharder.placement;

/**
 * The load that a plan moves between pods, as parts of all load. Each part has one cause, and the first that applies
 * counts: it left a pod that is going or gone, else it came to a pod that had nothing, else it was moved for balance.
 *
 * @param unavoidable the part of {@code balancing} that relieved pods close to their limits, which no budget holds back
 */
public record Churn(double removal, double addition, double balancing, double unavoidable) {
    public static final Churn NONE = new Churn(0, 0, 0, 0);

    public double total() {
        return removal + addition + balancing;
    }

    /** What counts against the budget. */
    public double optional() {
        return Math.max(0, balancing - unavoidable);
    }

    public Churn plus(Churn other) {
        return new Churn(
                removal + other.removal,
                addition + other.addition,
                balancing + other.balancing,
                unavoidable + other.unavoidable);
    }
}
