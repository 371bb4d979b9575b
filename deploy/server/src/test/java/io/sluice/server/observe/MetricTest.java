package io.sluice.server.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MetricTest {
    private static final Path GUIDE = Path.of("../../docs/watching.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(sluice\\.[a-z.]+)` \\|");

    @Test
    void theGuideListsEachSeriesOnce() throws Exception {
        assertThat(ROW.matcher(Files.readString(GUIDE)).results().map(row -> row.group(1)))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Metric.values()).map(Metric::key).toList());
    }
}
