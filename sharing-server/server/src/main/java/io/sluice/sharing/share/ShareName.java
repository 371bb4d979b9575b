package io.sluice.sharing.share;

import io.sluice.sharing.NameRule;

public record ShareName(String value) implements Comparable<ShareName> {
    public ShareName {
        value = NameRule.checked("share", value);
    }

    public static ShareName of(String value) {
        return new ShareName(value);
    }

    @Override
    public int compareTo(ShareName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
