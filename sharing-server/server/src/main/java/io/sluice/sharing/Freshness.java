package io.sluice.sharing;

import java.util.OptionalLong;

/**
 * Whether what this pod remembers of shares, recipients and keys is still what the store says. Plugged in by the server;
 * asked at each request, so it must answer from memory.
 */
@FunctionalInterface
public interface Freshness {
    /** Another number each time somebody else may have written; empty while nobody would tell this pod. */
    OptionalLong tenure();

    /** Of a server that nobody else writes beside. */
    Freshness ALONE = () -> OptionalLong.of(1);
}
