package io.sluice.sharder.transfer;

/** Where in a provider's state the next pull goes on. Means something only to the provider that wrote it. */
public record Cursor(String text) {
    static final int LONGEST = 1024;

    public Cursor {
        if (text.length() > LONGEST)
            throw new IllegalArgumentException(
                    "a cursor of " + text.length() + " characters is longer than the " + LONGEST + " allowed");
    }

    @Override
    public String toString() {
        return text;
    }
}
