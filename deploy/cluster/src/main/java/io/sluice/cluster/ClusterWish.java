package io.sluice.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What was asked for.
 *
 * @param port of the first pod, the next ones follow; 0 takes free ones
 * @param store instead of a PostgreSQL of the cluster's own
 */
record ClusterWish(Path data, int podCount, int port, Optional<String> store, boolean isDemo, Ports ports) {
    private static final int MOST_PODS = 16;
    private static final int LAST_PORT = 65_535;

    ClusterWish {
        if (podCount < 1 || podCount > MOST_PODS)
            throw ClusterFailure.misused("--pods is %d. Write a number from 1 to %d.", podCount, MOST_PODS);
        if (port < 0 || port + podCount > LAST_PORT)
            throw ClusterFailure.misused(
                    "--port is %d. Write a port between 0 and 65535, with room for all pods and one more.", port);
        if (store.filter(url -> !url.startsWith("postgres")).isPresent())
            throw ClusterFailure.misused(
                    "--store is \"%s\", which several pods cannot share. Write"
                            + " postgresql://USER:PASSWORD@HOST/DATABASE, or leave it out.",
                    store.get());
    }

    /** Looks first whether each port can be had. */
    List<PodSeat> seats() {
        List<PodSeat> seats = IntStream.range(0, podCount)
                .mapToObj(number -> seat("pod-" + number, number))
                .toList();
        for (PodSeat seat : seats)
            if (!Ports.isFree(seat.port()))
                throw ClusterFailure.failed(
                        "The port %d is in use. Stop what listens there, or pass another with --port.", seat.port());
        return seats;
    }

    /** That of the pod that is there during a rolling restart only, after all others. */
    PodSeat surge() {
        return seat(PodSeat.SURGE, podCount);
    }

    private PodSeat seat(String name, int number) {
        return new PodSeat(name, port == 0 ? ports.free() : port + number, ports.free(), ports.free());
    }
}
