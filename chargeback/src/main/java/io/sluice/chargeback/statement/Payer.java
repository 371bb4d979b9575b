package io.sluice.chargeback.statement;

import io.sluice.chargeback.ledger.Account;
import java.util.Optional;

/** Whose statement is asked for: one producer's, or everybody's. */
public record Payer(Optional<String> producer) {
    public static final Payer ALL = new Payer(Optional.empty());

    public static Payer producer(String producer) {
        return new Payer(Optional.of(producer));
    }

    boolean covers(String producerOfEntry) {
        return producer.map(producerOfEntry::equals).orElse(true);
    }

    @Override
    public String toString() {
        return producer.map(name -> Account.producer(name).name()).orElse("all");
    }
}
