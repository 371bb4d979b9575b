package io.sluice.cli.show;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Titles and cells, written for people or as CSV. */
record Grid(List<Column> columns, List<List<String>> rows) {
    private static final String GAP = "  ";

    static Grid of(List<Column> columns, List<JsonNode> items) {
        List<List<String>> rows = items.stream()
                .map(item -> columns.stream()
                        .map(column -> column.value().apply(item))
                        .toList())
                .toList();
        return new Grid(List.copyOf(columns), rows);
    }

    /** Columns side by side under their titles. */
    String aligned() {
        int[] widths = IntStream.range(0, columns.size())
                .map(i -> Stream.concat(
                                Stream.of(columns.get(i).title()), rows.stream().map(row -> row.get(i)))
                        .mapToInt(cell -> harmless(cell).length())
                        .max()
                        .orElse(0))
                .toArray();
        List<String> titles = columns.stream().map(Column::title).toList();
        return Stream.concat(Stream.of(titles), rows.stream())
                .map(row -> line(row, widths))
                .collect(Collectors.joining());
    }

    /** One line for each field: for a single thing with many of them. Empty fields are left out. */
    String asRecord() {
        int width = IntStream.range(0, columns.size())
                .filter(i -> rows.stream().anyMatch(row -> !row.get(i).isEmpty()))
                .map(i -> columns.get(i).title().length())
                .max()
                .orElse(0);
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows)
            for (int i = 0; i < columns.size(); i++)
                if (!row.get(i).isEmpty())
                    text.append(padded(columns.get(i).title(), width))
                            .append(GAP)
                            .append(harmless(row.get(i)))
                            .append('\n');
        return text.toString();
    }

    /** RFC 4180: lines end in CR LF, a field with a comma, a quote or a line break stands in quotes. */
    String csv() {
        List<String> titles = columns.stream().map(Column::title).toList();
        return Stream.concat(Stream.of(titles), rows.stream())
                .map(row -> row.stream().map(Grid::quoted).collect(Collectors.joining(",", "", "\r\n")))
                .collect(Collectors.joining());
    }

    private String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = harmless(row.get(i));
            String blank = " ".repeat(widths[i] - cell.length());
            line.append(columns.get(i).isNumber() ? blank + cell : cell + blank).append(GAP);
        }
        return line.toString().stripTrailing() + "\n";
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    /** A name or comment from elsewhere must not be able to steer the terminal. */
    private static String harmless(String cell) {
        return cell.replaceAll("\\p{Cntrl}", "�");
    }

    private static String quoted(String cell) {
        boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
