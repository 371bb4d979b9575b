package io.sluice.sharing.provider;

import java.util.UUID;

/** A UUID. */
public record ProviderId(String value) {
    static ProviderId random() {
        return new ProviderId(UUID.randomUUID().toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
