package io.sluice.simulation;

import java.util.List;

/** What one call of the simulation asks for. */
record Options(int seed, int seeds, int pods, int minutes) {
    private static final Options DEFAULTS = new Options(1, 1, 5, 5);

    static Options read(List<String> args) {
        Options options = DEFAULTS;
        for (int i = 0; i < args.size(); i += 2)
            options = options.with(args.get(i), i + 1 < args.size() ? args.get(i + 1) : "");
        return options;
    }

    private Options with(String option, String text) {
        return switch (option) {
            case "--seed" -> new Options(number(option, text), seeds, pods, minutes);
            case "--seeds" -> new Options(seed, number(option, text), pods, minutes);
            case "--pods" -> new Options(seed, seeds, number(option, text), minutes);
            case "--minutes" -> new Options(seed, seeds, pods, number(option, text));
            default ->
                throw new IllegalArgumentException(
                        "there is no option \"" + option + "\". Use --seed N, --seeds N, --pods N, --minutes N.");
        };
    }

    private static int number(String option, String text) {
        try {
            int value = Integer.parseInt(text);
            if (value > 0) return value;
        } catch (NumberFormatException e) {
            // Said below, together with the other way to be wrong.
        }
        throw new IllegalArgumentException(option + " needs a number from 1, not \"" + text + "\".");
    }
}
