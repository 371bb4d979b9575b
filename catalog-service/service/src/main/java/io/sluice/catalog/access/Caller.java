package io.sluice.catalog.access;

import java.security.Principal;
import java.util.Set;

/**
 * Who is calling. The name is what grants are given to.
 *
 * @param groups all groups that the caller is in, where an issuer named some; empty leaves it to the groups known here
 */
public record Caller(String name, Set<String> groups) implements Principal {
    public Caller(String name) {
        this(name, Set.of());
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String toString() {
        return name;
    }
}
