package io.sluice.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FigureTest {
    @Test
    void a_budget_is_compared_with_the_ratio_where_something_was_measured_beside_it() {
        Figure slow = Figure.alone("reads", 100_000, "1/s", Better.MORE)
                .against("constant", 0.3)
                .within(0.4);
        assertThat(slow.isOk()).isFalse();
        assertThat(slow.line()).isEqualTo("reads 100000 1/s  ratio 0.300 against constant  budget >= 0.400: MISSED");
    }

    @Test
    void a_budget_is_compared_with_the_value_where_it_stands_alone() {
        assertThat(Figure.alone("start", 3.5, "s", Better.LESS).within(4).isOk())
                .isTrue();
        assertThat(Figure.alone("start", 4.5, "s", Better.LESS).within(4).isOk())
                .isFalse();
    }

    @Test
    void a_missed_budget_fails_the_run_and_is_written_down(@TempDir Path folder) throws Exception {
        Report report = new Report(new PrintStream(new ByteArrayOutputStream()));
        report.tell(Figure.alone("watched", 1, "ms", Better.LESS));
        assertThat(report.holds()).isTrue();
        report.tell(Figure.alone("start", 9, "s", Better.LESS).within(4));
        assertThat(report.holds()).isFalse();

        Path file = folder.resolve("figures.json");
        report.writeJson(file);
        JsonNode missed = new ObjectMapper().readTree(file.toFile()).get(1);
        assertThat(missed.path("ok").asBoolean(true)).isFalse();
        assertThat(missed.path("better").asText()).isEqualTo("less");
        assertThat(missed.fieldNames())
                .toIterable()
                .containsExactly("name", "value", "unit", "against", "ratio", "budget", "better", "ok");
    }

    @Test
    void one_disturbed_pair_does_not_move_the_ratio() throws Exception {
        double[] subject = {50, 50, 5, 50, 50};
        double[] limit = {100, 100, 100, 100, 100};
        int[] turn = {0, 0};
        Rounds rounds = Rounds.of(5, () -> subject[turn[0]++], () -> limit[turn[1]++]);
        assertThat(rounds.ratio()).isEqualTo(0.5);
    }
}
