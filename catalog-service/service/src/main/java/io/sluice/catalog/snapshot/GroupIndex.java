package io.sluice.catalog.snapshot;

import io.sluice.catalog.record.GroupRecord;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The groups, and for each name the groups it is in, directly or through others. Worked out when a group changes,
 * because it is asked for at every check.
 */
public final class GroupIndex {
    static final GroupIndex EMPTY = new GroupIndex(new TreeMap<>());

    private final TreeMap<String, GroupRecord> byName;
    private final Map<String, Set<String>> byMember;

    private GroupIndex(TreeMap<String, GroupRecord> byName) {
        this.byName = byName;
        this.byMember = memberships(byName);
    }

    public SortedMap<String, GroupRecord> byName() {
        return Collections.unmodifiableSortedMap(byName);
    }

    public Optional<GroupRecord> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The groups that a user or group is in. */
    public Set<String> of(String member) {
        return byMember.getOrDefault(member, Set.of());
    }

    GroupIndex plus(GroupRecord group) {
        TreeMap<String, GroupRecord> next = new TreeMap<>(byName);
        next.put(group.name(), group);
        return new GroupIndex(next);
    }

    GroupIndex minus(String name) {
        TreeMap<String, GroupRecord> next = new TreeMap<>(byName);
        next.remove(name);
        return new GroupIndex(next);
    }

    private static Map<String, Set<String>> memberships(Map<String, GroupRecord> groups) {
        Map<String, Set<String>> direct = new HashMap<>();
        for (GroupRecord group : groups.values())
            for (String member : group.members())
                direct.computeIfAbsent(member, name -> new HashSet<>()).add(group.name());
        Map<String, Set<String>> all = new HashMap<>();
        for (String member : direct.keySet()) all.put(member, Set.copyOf(reachable(member, direct)));
        return all;
    }

    /** Groups may contain each other in a circle; each is visited once. */
    private static Set<String> reachable(String member, Map<String, Set<String>> direct) {
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(direct.getOrDefault(member, Set.of()));
        for (@Nullable String next = open.poll(); next != null; next = open.poll())
            if (seen.add(next)) open.addAll(direct.getOrDefault(next, Set.of()));
        return seen;
    }
}
