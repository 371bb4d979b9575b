package io.sluice.cluster;

import java.util.List;

/** A pod's place in the cluster, which its processes take one after another. */
record PodSeat(String name, int port, int managementPort, int sharderPort) {
    /** Of the pod that helps out while others are restarted. */
    static final String SURGE = "surge";

    /** Every pod may become the assigner; one of them is. */
    private static final List<String> ROLES = List.of("catalog", "sharing", "sync", "billing", "assigner");

    String url() {
        return "http://127.0.0.1:" + port;
    }

    PodList.Entry entry(long pid) {
        return new PodList.Entry(name, url(), pid, ROLES, managementPort);
    }
}
