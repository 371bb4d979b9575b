package io.sluice.chargeback.ledger;

import io.sluice.model.place.Lane;

/** One side of a posting: a lane that carried bytes, or somebody who answers for them. */
public record Account(String name) {
    private static final String PRODUCER = "producer:";

    /** Bytes that crossed although no replica gained them: the platform pays for its own retries. */
    public static final Account RETRY_WASTE = new Account("platform:retry-waste");

    public static Account lane(Lane lane) {
        return new Account("lane:" + lane);
    }

    public static Account producer(String producer) {
        return new Account(PRODUCER + producer);
    }

    public boolean isProducer() {
        return name.startsWith(PRODUCER);
    }

    @Override
    public String toString() {
        return name;
    }
}
