package io.sluice.catalog.govern;

import io.sluice.catalog.access.Caller;
import io.sluice.catalog.record.Grants;
import io.sluice.model.grant.Privilege;
import io.sluice.model.grant.SecurableType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What principals hold on a thing, with where it comes from. */
public final class EffectivePermissions {
    private final Permissions permissions;

    EffectivePermissions(Permissions permissions) {
        this.permissions = permissions;
    }

    /** @param inheritedName empty for the metastore; the thing's own name when it was given there */
    public record Held(Privilege privilege, SecurableType inheritedFrom, String inheritedName, boolean isOwn) {}

    /** By principal. */
    public Map<String, List<Held>> of(Caller caller, SecurableType type, String fullName) {
        Map<String, List<Held>> all = new TreeMap<>();
        SecurableType level = type;
        String name = fullName;
        while (true) {
            boolean isOwn = level == type;
            add(all, permissions.get(caller, level, name), level, name, isOwn);
            if (level == SecurableType.METASTORE) return all;
            int dot = name.lastIndexOf('.');
            level = dot < 0
                    ? SecurableType.METASTORE
                    : name.indexOf('.') == dot ? SecurableType.CATALOG : SecurableType.SCHEMA;
            name = dot < 0 ? "" : name.substring(0, dot);
        }
    }

    private static void add(
            Map<String, List<Held>> all, Grants grants, SecurableType level, String name, boolean isOwn) {
        for (Map.Entry<String, Set<Privilege>> given : grants.byPrincipal().entrySet())
            for (Privilege privilege : given.getValue().stream().sorted().toList())
                all.computeIfAbsent(given.getKey(), principal -> new ArrayList<>())
                        .add(new Held(privilege, level, name, isOwn));
    }
}
