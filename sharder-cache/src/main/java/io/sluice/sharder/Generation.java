package io.sluice.sharder;

/**
 * The age of an assignment. Numbers count up within one incarnation of the assigner; a later incarnation outranks all
 * numbers of an earlier one.
 */
public record Generation(long incarnation, long number) implements Comparable<Generation> {
    /** Before the first assignment. */
    public static final Generation ZERO = new Generation(0, 0);

    public Generation {
        if (incarnation < 0 || number < 0)
            throw new IllegalArgumentException("negative generation " + incarnation + "." + number);
    }

    public Generation next() {
        return new Generation(incarnation, number + 1);
    }

    public boolean isBefore(Generation other) {
        return compareTo(other) < 0;
    }

    /** The inverse of {@link #toString}. */
    public static Generation parse(String text) {
        String[] parts = text.split("-", 2);
        if (parts.length != 2) throw new IllegalArgumentException("\"" + text + "\" is not a generation");
        return new Generation(Long.parseLong(parts[0], 16), Long.parseLong(parts[1], 16));
    }

    @Override
    public int compareTo(Generation other) {
        return incarnation != other.incarnation
                ? Long.compare(incarnation, other.incarnation)
                : Long.compare(number, other.number);
    }

    /** Twice 16 hex digits, so that text sorts as generations do. */
    @Override
    public String toString() {
        return "%016x-%016x".formatted(incarnation, number);
    }
}
