package io.sluice.chargeback.rate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.model.failure.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads rate cards strictly: a field it does not know is an error, because it might be a price condition. */
final class RateCardJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> CARD_FIELDS =
            Set.of("id", "meter", "unit", "currency", "effective_from", "effective_to", "source", "rates");
    private static final Set<String> RATE_FIELDS = Set.of("from", "to", "price");

    private RateCardJson() {}

    static List<RateCard> read(InputStream json) throws IOException {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw Failure.invalid("The rate cards are not JSON: %s", e.getOriginalMessage());
        }
        if (root == null || !root.isArray())
            throw Failure.invalid("The rate cards are not a JSON array. Write a list of cards.");
        List<RateCard> cards = new ArrayList<>();
        for (JsonNode card : root) cards.add(card(card));
        return cards;
    }

    private static RateCard card(JsonNode node) {
        refuseUnknown(node, CARD_FIELDS);
        String id = text(node, "id");
        if (!text(node, "unit").equals("GB"))
            throw Failure.invalid(
                    "Rate card %s has the unit \"%s\". The only unit is GB (10^9 bytes).", id, text(node, "unit"));
        List<LaneRate> rates = new ArrayList<>();
        for (JsonNode rate : node.path("rates")) rates.add(rate(rate));
        return new RateCard(
                id,
                text(node, "meter"),
                text(node, "currency"),
                instant(text(node, "effective_from")),
                node.hasNonNull("effective_to") ? Optional.of(instant(text(node, "effective_to"))) : Optional.empty(),
                rates);
    }

    private static LaneRate rate(JsonNode node) {
        refuseUnknown(node, RATE_FIELDS);
        // A JSON number would pass through binary floating point in many a tool that writes such files.
        String price = text(node, "price");
        try {
            return new LaneRate(text(node, "from"), text(node, "to"), new BigDecimal(price));
        } catch (NumberFormatException e) {
            throw Failure.invalid("The price \"%s\" is not a decimal number. Write it as in \"0.09\".", price);
        }
    }

    private static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (!value.isTextual() || value.textValue().isBlank())
            throw Failure.invalid("A rate card lacks the text \"%s\" in %s. Write it in quotes.", field, node);
        return value.textValue();
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw Failure.invalid("\"%s\" is not a moment in UTC. Write it as in 2026-01-01T00:00:00Z.", text);
        }
    }

    private static void refuseUnknown(JsonNode node, Set<String> known) {
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name))
                throw Failure.invalid("A rate card has the field \"%s\", which is not known. Remove it.", name);
        }
    }
}
