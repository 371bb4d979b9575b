package io.sluice.simulation.traffic;

import java.util.SplittableRandom;

/** What befalls a stage. Told of every second before it begins. */
public interface Trace {
    void second(long second, Stage stage);

    /** How a trace is made for one run: traces keep state, so each run has its own. */
    interface Maker {
        Trace make(SplittableRandom random);
    }

    /** Nothing happens. */
    static Trace calm() {
        return (second, stage) -> {};
    }
}
