package io.sluice.sharder.membership;

import java.util.List;

/** Pods that somebody wrote down. They are there from the beginning, and nothing more is ever heard of them. */
public record StaticMembers(List<String> hosts) {
    public StaticMembers {
        hosts = List.copyOf(hosts);
        if (hosts.stream().distinct().count() != hosts.size())
            throw new IllegalArgumentException("a host is listed twice in " + hosts);
    }

    public List<PodNotice> notices() {
        return new Sightings().seeAll(hosts.stream().map(PodSighting::of).toList());
    }
}
