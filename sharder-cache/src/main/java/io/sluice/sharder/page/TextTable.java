package io.sluice.sharder.page;

import java.util.ArrayList;
import java.util.List;

/** Columns as wide as their widest cell, two blanks apart, indented by two; no blanks at the ends of lines. */
final class TextTable {
    private final List<String[]> rows = new ArrayList<>();

    TextTable(String... headings) {
        rows.add(headings);
    }

    void row(String... cells) {
        if (cells.length != rows.get(0).length)
            throw new IllegalArgumentException(
                    "a row of " + cells.length + " cells in a table of " + rows.get(0).length + " columns");
        rows.add(cells);
    }

    String render() {
        StringBuilder text = new StringBuilder();
        for (String[] row : rows) text.append(line(row)).append('\n');
        return text.toString();
    }

    private String line(String[] row) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.length; column++) {
            line.append("  ").append(row[column]);
            line.append(" ".repeat(width(column) - row[column].length()));
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row[column].length()).max().orElse(0);
    }
}
