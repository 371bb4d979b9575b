package io.sluice.bench.conformance.check;

import java.util.ArrayList;
import java.util.List;

/** Collects the checks of a group in their order. */
public final class Rules {
    private final Group group;
    private final List<Check> checks = new ArrayList<>();

    private Rules(Group group) {
        this.group = group;
    }

    public static Rules of(Group group) {
        return new Rules(group);
    }

    public Rules rule(String sentence, Check.Look look) {
        checks.add(new Check(group, sentence, look));
        return this;
    }

    public List<Check> list() {
        return List.copyOf(checks);
    }
}
