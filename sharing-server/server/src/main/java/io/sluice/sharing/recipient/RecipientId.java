package io.sluice.sharing.recipient;

import java.util.UUID;

/** A UUID. */
public record RecipientId(String value) {
    static RecipientId random() {
        return new RecipientId(UUID.randomUUID().toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
