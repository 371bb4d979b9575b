package io.sluice.sharing.share;

import java.util.UUID;

/** A UUID, because Databricks as a recipient reads it as one. */
public record ShareId(String value) {
    static ShareId random() {
        return new ShareId(UUID.randomUUID().toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
