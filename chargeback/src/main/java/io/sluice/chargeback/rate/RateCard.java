package io.sluice.chargeback.rate;

import io.sluice.model.failure.Failure;
import io.sluice.model.place.Lane;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Prices in force during {@code [effectiveFrom .. effectiveTo)}. Never edited: a new price is a new card. Prices are
 * those of a provider's first tier; tiers by monthly volume are not modelled yet.
 *
 * @param meter what is counted
 */
public record RateCard(
        String id,
        String meter,
        String currency,
        Instant effectiveFrom,
        Optional<Instant> effectiveTo,
        List<LaneRate> rates) {
    public RateCard {
        rates = List.copyOf(rates);
        if (effectiveTo.isPresent() && !effectiveFrom.isBefore(effectiveTo.get()))
            throw Failure.invalid(
                    "Rate card %s ends at %s, not after its beginning at %s. Give it an end that is later, or none.",
                    id, effectiveTo.get(), effectiveFrom);
        refuseDoubtfulRates(id, rates);
    }

    public boolean isInForce(Instant at) {
        return !at.isBefore(effectiveFrom) && effectiveTo.map(at::isBefore).orElse(true);
    }

    /** The most specific rate that fits the lane. */
    UnitPrice priceOf(Lane lane) {
        return rates.stream()
                .filter(rate -> rate.fit(lane) >= 0)
                .max(Comparator.comparingInt(rate -> rate.fit(lane)))
                .map(rate -> new UnitPrice(id, rate.perGigabyte(), currency))
                .orElseThrow(() -> Failure.invalid(
                        "Rate card %s has no price for the lane %s. Add a card with a rate from \"%s\" to \"%s\" or to \"*\".",
                        id, lane, lane.from().cloud(), lane.to().cloud()));
    }

    private static void refuseDoubtfulRates(String id, List<LaneRate> rates) {
        if (rates.isEmpty()) throw Failure.invalid("Rate card %s has no rates. Give it at least one.", id);
        Set<String> lanes = new HashSet<>();
        for (LaneRate rate : rates) {
            if (rate.perGigabyte().signum() < 0)
                throw Failure.invalid(
                        "Rate card %s has the price %s from %s to %s. A price is zero or more.",
                        id, rate.perGigabyte().toPlainString(), rate.from(), rate.to());
            if (!lanes.add(rate.from() + "->" + rate.to()))
                throw Failure.invalid(
                        "Rate card %s prices %s to %s twice. Keep one of the two.", id, rate.from(), rate.to());
        }
    }
}
