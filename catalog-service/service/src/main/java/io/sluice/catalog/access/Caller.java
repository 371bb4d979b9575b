package io.sluice.catalog.access;

import java.security.Principal;

/** Who is calling. The name is what grants are given to. */
public record Caller(String name) implements Principal {
    @Override
    public String getName() {
        return name;
    }

    @Override
    public String toString() {
        return name;
    }
}
