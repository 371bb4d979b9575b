package io.sluice.bench.figure;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Prints each figure at once and keeps it for the file. */
public final class Report {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final PrintStream out;
    private final List<Figure> figures = new ArrayList<>();

    public Report(PrintStream out) {
        this.out = out;
    }

    public void tell(Figure figure) {
        figures.add(figure);
        out.println(figure.line());
        out.flush();
    }

    /** Whether every budget was kept. */
    public boolean holds() {
        return figures.stream().allMatch(Figure::isOk);
    }

    public void writeJson(Path file) throws IOException {
        JSON.writeValue(file.toFile(), figures);
    }
}
