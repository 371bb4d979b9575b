package io.sluice.catalog.record;

import io.sluice.model.grant.Privilege;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What each principal was given on one securable. Immutable; the usual one is empty and shared. */
public record Grants(Map<String, Set<Privilege>> byPrincipal) {
    public static final Grants NONE = new Grants(Map.of());

    public boolean holds(String principal, Privilege privilege) {
        return byPrincipal.getOrDefault(principal, Set.of()).contains(privilege);
    }

    /** Whether what the principal holds includes the privilege. */
    public boolean allows(String principal, Privilege privilege) {
        Set<Privilege> held = byPrincipal.get(principal);
        if (held == null) return false;
        return held.contains(privilege) || (privilege != Privilege.MANAGE && held.contains(Privilege.ALL_PRIVILEGES));
    }

    public boolean isEmpty() {
        return byPrincipal.isEmpty();
    }

    public boolean holdsAny(String principal) {
        return byPrincipal.containsKey(principal);
    }

    public Grants changed(String principal, Set<Privilege> add, Set<Privilege> remove) {
        EnumSet<Privilege> held = EnumSet.noneOf(Privilege.class);
        held.addAll(byPrincipal.getOrDefault(principal, Set.of()));
        held.addAll(add);
        held.removeAll(remove);

        Map<String, Set<Privilege>> all = new TreeMap<>(byPrincipal);
        if (held.isEmpty()) all.remove(principal);
        else all.put(principal, Set.copyOf(held));
        return all.isEmpty() ? NONE : new Grants(Map.copyOf(all));
    }
}
