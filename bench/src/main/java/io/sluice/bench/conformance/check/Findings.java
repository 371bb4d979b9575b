package io.sluice.bench.conformance.check;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells findings to people, a table for each group, and keeps them for the file. */
public final class Findings {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final PrintStream out;
    private final List<Finding> all = new ArrayList<>();
    private @Nullable Group group;

    public Findings(PrintStream out) {
        this.out = out;
    }

    public void tell(Finding finding) {
        all.add(finding);
        if (finding.check().group() != group) {
            group = finding.check().group();
            out.println();
            out.println(group.title());
        }
        line(finding.verdict(), finding.check().sentence());
        out.flush();
    }

    private void line(Verdict verdict, String sentence) {
        if (verdict instanceof Verdict.Failed failed) {
            out.println("  FAILED  " + sentence);
            out.println("            expected  " + failed.expected());
            out.println("            found     " + failed.found());
            out.println("            request   " + failed.request());
        } else if (verdict instanceof Verdict.NotApplicable skipped) {
            out.println("  n/a     " + sentence);
            out.println("            because   " + skipped.reason());
        } else {
            out.println("  passed  " + sentence);
        }
    }

    public void summarize() {
        out.println();
        out.println("%d passed, %d failed, %d not applicable".formatted(passed(), failed(), notApplicable()));
    }

    public boolean hold() {
        return failed() == 0;
    }

    private long passed() {
        return all.stream().filter(Finding::isPassed).count();
    }

    private long failed() {
        return all.stream().filter(Finding::isFailed).count();
    }

    private long notApplicable() {
        return all.size() - passed() - failed();
    }

    public void writeJson(Path file, String endpoint) throws IOException {
        ObjectNode json = JSON.createObjectNode().put("endpoint", endpoint);
        json.putObject("counts").put("passed", passed()).put("failed", failed()).put("notApplicable", notApplicable());
        var checks = json.putArray("checks");
        for (Finding finding : all) checks.add(json(finding));
        JSON.writeValue(file.toFile(), json);
    }

    private static ObjectNode json(Finding finding) {
        ObjectNode json = JSON.createObjectNode()
                .put("group", finding.check().group().title())
                .put("check", finding.check().sentence());
        if (finding.verdict() instanceof Verdict.Failed failed)
            return json.put("result", "failed")
                    .put("expected", failed.expected())
                    .put("found", failed.found())
                    .put("request", failed.request());
        if (finding.verdict() instanceof Verdict.NotApplicable skipped)
            return json.put("result", "not applicable").put("reason", skipped.reason());
        return json.put("result", "passed");
    }
}
