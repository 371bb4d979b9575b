package io.sluice.chargeback.rate;

import io.sluice.model.failure.Failure;
import io.sluice.model.place.Lane;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** All cards of one meter, in the order of their time; no two are in force at once. Immutable. */
public final class RateCards {
    private static final String BUNDLED = "egress-list-prices.json";

    private final List<RateCard> cards;

    private RateCards(List<RateCard> cards) {
        this.cards = cards.stream()
                .sorted(Comparator.comparing(RateCard::effectiveFrom))
                .toList();
        if (cards.isEmpty()) throw Failure.invalid("There is no rate card. Give at least one.");
        refuseOverlaps();
        refuseMixedCurrencies();
    }

    public static RateCards of(List<RateCard> cards) {
        return new RateCards(cards);
    }

    /** The providers' list prices that come with the program. */
    public static RateCards bundled() {
        try (InputStream json = Objects.requireNonNull(RateCards.class.getResourceAsStream(BUNDLED), BUNDLED)) {
            return new RateCards(RateCardJson.read(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Cards in the form of the bundled file. */
    public static RateCards read(InputStream json) throws IOException {
        return new RateCards(RateCardJson.read(json));
    }

    /** What a lane costs for bytes that had moved at {@code occurredAt}. */
    public UnitPrice price(Lane lane, Instant occurredAt) {
        return cardAt(occurredAt).priceOf(lane);
    }

    /** What {@code bytes} over a lane would cost. Promises nothing for later: a new card may come into force. */
    public Quote quote(Lane lane, long bytes, Instant at) {
        UnitPrice price = price(lane, at);
        return new Quote(lane, bytes, price, price.amountOf(bytes));
    }

    public String currency() {
        return cards.get(0).currency();
    }

    private RateCard cardAt(Instant at) {
        return cards.stream()
                .filter(card -> card.isInForce(at))
                .findFirst()
                .orElseThrow(() -> Failure.invalid(
                        "No rate card is in force at %s; the first begins at %s. Add a card for that time.",
                        at, cards.get(0).effectiveFrom()));
    }

    private void refuseOverlaps() {
        for (int i = 1; i < cards.size(); i++) {
            RateCard earlier = cards.get(i - 1);
            RateCard later = cards.get(i);
            if (earlier.isInForce(later.effectiveFrom()))
                throw Failure.invalid(
                        "Rate cards %s and %s are both in force at %s. End the first where the second begins.",
                        earlier.id(), later.id(), later.effectiveFrom());
        }
    }

    private void refuseMixedCurrencies() {
        for (RateCard card : cards)
            if (!card.currency().equals(currency()))
                throw Failure.invalid(
                        "Rate card %s is in %s, others are in %s. Statements add up one currency; use one.",
                        card.id(), card.currency(), currency());
    }
}
