package io.sluice.client;

/** A shared table: {@code share.schema.table}. */
public record TableRef(String share, String schema, String table) {
    /** The part before the last two dots is the share. */
    public static TableRef parse(String text) {
        int last = text.lastIndexOf('.');
        int first = last < 0 ? -1 : text.lastIndexOf('.', last - 1);
        if (first <= 0 || last == text.length() - 1 || last == first + 1)
            throw new IllegalArgumentException("\"" + text + "\" is not a table. Write share.schema.table.");
        return new TableRef(text.substring(0, first), text.substring(first + 1, last), text.substring(last + 1));
    }

    @Override
    public String toString() {
        return share + "." + schema + "." + table;
    }
}
