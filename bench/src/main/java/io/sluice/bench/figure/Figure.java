package io.sluice.bench.figure;

import com.fasterxml.jackson.annotation.JsonGetter;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/**
 * One measured number.
 *
 * @param against the limit or peer that was measured in the same run or, without a ratio, a published number
 * @param ratio the value over that of {@code against}, when both were measured
 * @param budget what the ratio has to reach, or the value where nothing was measured beside it
 */
@JsonPropertyOrder({"name", "value", "unit", "against", "ratio", "budget", "better", "ok"})
public record Figure(
        String name,
        double value,
        String unit,
        @Nullable String against,
        @Nullable Double ratio,
        @Nullable Double budget,
        Better better) {

    public static Figure alone(String name, double value, String unit, Better better) {
        return new Figure(name, value, unit, null, null, null, better);
    }

    public Figure against(String limit, double measuredRatio) {
        return new Figure(name, value, unit, limit, measuredRatio, budget, better);
    }

    /** Names a peer whose published number stands in its own unit; the budget stays on the value. */
    public Figure beside(String peer) {
        return new Figure(name, value, unit, peer, null, budget, better);
    }

    public Figure within(double wanted) {
        return new Figure(name, value, unit, against, ratio, wanted, better);
    }

    /** True where no budget was set: such a figure is only watched. */
    @JsonGetter("ok")
    public boolean isOk() {
        if (budget == null) return true;
        double measured = ratio == null ? value : ratio;
        return better == Better.MORE ? measured >= budget : measured <= budget;
    }

    /** As people read it: {@code name value unit}, then what there is to compare. */
    public String line() {
        StringBuilder line = new StringBuilder("%s %s %s".formatted(name, rounded(value), unit));
        if (ratio != null) line.append("  ratio %s against %s".formatted(rounded(ratio), against));
        else if (against != null) line.append("  against ").append(against);
        if (budget != null)
            line.append("  budget %s %s: %s"
                    .formatted(better == Better.MORE ? ">=" : "<=", rounded(budget), isOk() ? "ok" : "MISSED"));
        return line.toString();
    }

    private static String rounded(double number) {
        return Math.abs(number) >= 100 ? "%.0f".formatted(number) : "%.3g".formatted(number);
    }
}
