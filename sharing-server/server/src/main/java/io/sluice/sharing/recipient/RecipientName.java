package io.sluice.sharing.recipient;

import io.sluice.sharing.NameRule;

public record RecipientName(String value) implements Comparable<RecipientName> {
    public RecipientName {
        value = NameRule.checked("recipient", value);
    }

    public static RecipientName of(String value) {
        return new RecipientName(value);
    }

    @Override
    public int compareTo(RecipientName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
