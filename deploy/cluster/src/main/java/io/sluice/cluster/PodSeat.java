package io.sluice.cluster;

import java.util.List;

/**
 * A pod's place in the cluster, which its processes take one after another.
 *
 * @param isAssigner whether it hands out the slices
 */
record PodSeat(String name, int port, int managementPort, boolean isAssigner) {
    private static final List<String> ROLES = List.of("catalog", "sharing", "sync", "billing");

    String url() {
        return "http://127.0.0.1:" + port;
    }

    PodList.Entry entry(long pid) {
        List<String> roles =
                isAssigner ? List.of(ROLES.get(0), ROLES.get(1), ROLES.get(2), ROLES.get(3), "assigner") : ROLES;
        return new PodList.Entry(name, url(), pid, roles, managementPort);
    }
}
