package io.sluice.bench.sharder;

import io.sluice.bench.figure.Better;
import io.sluice.bench.figure.Figure;

/** Most of what the sharder promises is little: of time, of bytes, of load that moves. */
final class Figures {
    private Figures() {}

    static Figure less(String name, double value, String unit) {
        return Figure.alone(name, value, unit, Better.LESS);
    }
}
