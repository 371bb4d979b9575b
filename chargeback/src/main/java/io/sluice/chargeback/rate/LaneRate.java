package io.sluice.chargeback.rate;

import io.sluice.model.place.Lane;
import io.sluice.model.place.Region;
import java.math.BigDecimal;

/**
 * The price of one kind of lane.
 *
 * @param from a region ({@code aws:eu-west-1}), a cloud ({@code aws}) or {@code *}
 * @param to the same, or {@code same-region}
 * @param perGigabyte in whole units of the card's currency
 */
public record LaneRate(String from, String to, BigDecimal perGigabyte) {
    private static final String ANY = "*";
    private static final String SAME_REGION = "same-region";
    private static final int NO_FIT = -1;
    private static final int EXACT = 2;
    private static final int STAYS = 100;

    /**
     * How closely this rate describes a lane; higher is closer, negative is another lane. Staying in a region is its own
     * case. Otherwise the source decides before the target, because it is the source's provider who charges for bytes
     * that leave.
     */
    int fit(Lane lane) {
        int source = fit(from, lane.from());
        if (source == NO_FIT) return NO_FIT;
        if (to.equals(SAME_REGION)) return lane.from().equals(lane.to()) ? STAYS + source : NO_FIT;
        int target = fit(to, lane.to());
        return target == NO_FIT ? NO_FIT : source * (EXACT + 1) + target;
    }

    private static int fit(String pattern, Region region) {
        if (pattern.equals(region.toString())) return EXACT;
        if (pattern.equals(region.cloud())) return 1;
        return pattern.equals(ANY) ? 0 : NO_FIT;
    }
}
