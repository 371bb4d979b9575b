package io.sluice.sharing.provider;

import io.sluice.sharing.NameRule;

public record ProviderName(String value) implements Comparable<ProviderName> {
    public ProviderName {
        value = NameRule.checked("provider", value);
    }

    public static ProviderName of(String value) {
        return new ProviderName(value);
    }

    @Override
    public int compareTo(ProviderName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
