package io.sluice.cli.tour;

/** Tells the visitor what is seen. The same walk has a talking guide, a silent one and one that takes notes. */
public interface Guide {
    /** A new stop: what it is about, why it matters, and the command to see it oneself. */
    void stop(String title, String why, String... commands);

    /** Something that was observed, with the figures. */
    void saw(String format, Object... args);
}
