package io.sluice.chargeback.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.model.failure.Failure;
import io.sluice.model.place.Lane;
import io.sluice.model.place.Region;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateCardsTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "aws:eu-west-1, azure:westeurope, 0.09",
        "aws:eu-west-1, aws:us-east-1, 0.02",
        "aws:eu-west-1, aws:eu-west-1, 0",
        "azure:westeurope, aws:eu-west-1, 0.087",
        "gcp:europe-west1, aws:eu-west-1, 0.12",
        "r2:auto, aws:eu-west-1, 0",
    })
    void bundledListPricesAreThoseOfTheSourcesProvider(String from, String to, String price) {
        assertThat(RateCards.bundled().price(lane(from, to), NOW).perGigabyte()).isEqualByComparingTo(price);
    }

    @Test
    void theClosestRateWins() throws IOException {
        RateCards cards = cards("""
                [{"id":"c","meter":"sync.egress","unit":"GB","currency":"USD",
                  "effective_from":"2026-01-01T00:00:00Z",
                  "rates":[{"from":"*","to":"*","price":"1"},
                           {"from":"aws","to":"azure","price":"2"},
                           {"from":"aws:a","to":"*","price":"3"},
                           {"from":"aws:a","to":"azure:x","price":"4"}]}]""");

        assertThat(cards.price(lane("gcp:g", "aws:a"), NOW).perGigabyte()).isEqualByComparingTo("1");
        assertThat(cards.price(lane("aws:b", "azure:x"), NOW).perGigabyte()).isEqualByComparingTo("2");
        assertThat(cards.price(lane("aws:a", "azure:y"), NOW).perGigabyte()).isEqualByComparingTo("3");
        assertThat(cards.price(lane("aws:a", "azure:x"), NOW).perGigabyte()).isEqualByComparingTo("4");
    }

    @Test
    void theCardInForceWhenTheBytesMovedDecides() throws IOException {
        RateCards cards = cards("[" + card("old", "2025-01-01", "\"2026-01-01T00:00:00Z\"", "0.10") + ","
                + card("new", "2026-01-01", "null", "0.05") + "]");
        Lane lane = lane("aws:a", "azure:x");

        assertThat(cards.price(lane, Instant.parse("2025-12-31T23:59:59Z")).cardId())
                .isEqualTo("old");
        assertThat(cards.price(lane, Instant.parse("2026-01-01T00:00:00Z")).cardId())
                .isEqualTo("new");
        assertThatThrownBy(() -> cards.price(lane, Instant.parse("2024-12-31T23:59:59Z")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("2025-01-01");
    }

    @Test
    void twoCardsAreNeverInForceAtOnce() {
        assertThatThrownBy(() -> cards("[" + card("old", "2025-01-01", "null", "1") + ","
                        + card("new", "2026-01-01", "null", "2") + "]"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("both in force");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"price\":\"0.09\" | \"price\":0.09 | lacks the text",
                "\"price\":\"0.09\" | \"price\":\"-1\" | zero or more",
                "\"price\":\"0.09\" | \"price\":\"cheap\" | not a decimal",
                "\"price\":\"0.09\" | \"price\":\"0.09\",\"above\":\"10TB\" | not known",
                "\"unit\":\"GB\" | \"unit\":\"GiB\" | 10^9",
                "2026-01-01T00:00:00Z | 2026-01-01 | moment in UTC",
            })
    void doubtfulCardsAreRefusedWithTheReason(String good, String bad, String reason) {
        String card = "[" + card("c", "2026-01-01", "null", "0.09") + "]";

        assertThat(card).contains(good);
        assertThatThrownBy(() -> cards(card.replace(good, bad)))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(reason);
    }

    @Test
    void aLaneWithoutPriceSaysWhichRateIsMissing() {
        assertThatThrownBy(() -> RateCards.bundled().price(lane("oci:london", "aws:a"), NOW))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("from \"oci\"");
    }

    @Test
    void aQuoteIsExactToTheByte() {
        Quote quote = RateCards.bundled().quote(lane("aws:eu-west-1", "azure:westeurope"), 1_234_567_891L, NOW);

        assertThat(quote.amount()).isEqualByComparingTo(new BigDecimal("0.11111111019"));
        assertThat(quote.money()).hasToString("0.111111 USD");
    }

    private static String card(String id, String from, String to, String price) {
        return """
                {"id":"%s","meter":"sync.egress","unit":"GB","currency":"USD",
                 "effective_from":"%sT00:00:00Z","effective_to":%s,
                 "rates":[{"from":"*","to":"*","price":"%s"}]}""".formatted(id, from, to, price);
    }

    private static RateCards cards(String json) throws IOException {
        return RateCards.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static Lane lane(String from, String to) {
        return new Lane(Region.parse(from), Region.parse(to));
    }
}
