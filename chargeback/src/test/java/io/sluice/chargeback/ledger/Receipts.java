package io.sluice.chargeback.ledger;

import io.sluice.model.place.Lane;
import io.sluice.model.place.Region;
import io.sluice.model.usage.ByteCount;
import io.sluice.model.usage.TransferReceipt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Receipts for tests: one by one, or many from a seed. */
public final class Receipts {
    public static final Lane AWS_TO_AZURE = new Lane(Region.parse("aws:eu-west-1"), Region.parse("azure:westeurope"));
    public static final Lane AZURE_TO_AWS = new Lane(Region.parse("azure:westeurope"), Region.parse("aws:eu-west-1"));
    public static final Lane AWS_TO_AWS = new Lane(Region.parse("aws:eu-west-1"), Region.parse("aws:us-east-1"));

    private static final List<Lane> LANES = List.of(AWS_TO_AZURE, AZURE_TO_AWS, AWS_TO_AWS);
    private static final Instant YEAR = Instant.parse("2026-01-01T00:00:00Z");

    private Receipts() {}

    public static TransferReceipt receipt(String id, String producer, Lane lane, long wire, long logical, Instant at) {
        return new TransferReceipt(
                id,
                producer + "_eu",
                producer,
                lane,
                3,
                4,
                ByteCount.of(wire),
                ByteCount.of(logical),
                2,
                at.minusSeconds(30),
                at);
    }

    public static TransferReceipt receipt(String id, long wire, long logical) {
        return receipt(id, "sales", AWS_TO_AZURE, wire, logical, Instant.parse("2026-03-04T05:06:07.123456789Z"));
    }

    /** Some receipts occur twice in the list, as redelivery makes them; the order is mixed. */
    public static List<TransferReceipt> withRedeliveries(Random random, int receipts) {
        List<TransferReceipt> delivered = new ArrayList<>();
        for (int i = 0; i < receipts; i++) {
            TransferReceipt receipt = random(random, "receipt-" + i);
            delivered.add(receipt);
            if (random.nextInt(3) == 0) delivered.add(receipt);
        }
        Collections.shuffle(delivered, random);
        return delivered;
    }

    private static TransferReceipt random(Random random, String id) {
        long wire = random.nextInt(10) == 0 ? 0 : random.nextLong(1L << random.nextInt(1, 50));
        long logical = wire == 0 ? 0 : random.nextLong(wire + 1);
        Instant at = YEAR.plus(Duration.ofSeconds(random.nextLong(365L * 24 * 3600)));
        String producer = List.of("sales", "parts", "fleet").get(random.nextInt(3));
        return receipt(id, producer, LANES.get(random.nextInt(LANES.size())), wire, logical, at);
    }
}
