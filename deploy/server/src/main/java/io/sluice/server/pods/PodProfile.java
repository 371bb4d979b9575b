package io.sluice.server.pods;

import io.sluice.server.launch.SluiceConfig;
import io.sluice.sharder.load.PodTraits;
import io.sluice.sharder.membership.DnsLookout;
import io.sluice.sharder.membership.HostLookup;
import io.sluice.sharder.membership.Lookout;
import io.sluice.sharder.membership.kubernetes.KubernetesLookout;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the configuration says of this pod, in the sharder's words. */
final class PodProfile {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

    private PodProfile() {}

    static PodTraits traits(SluiceConfig.Pod pod) {
        return new PodTraits(pod.zone().orElse(""), pod.capacity(), PodTraits.ORDINARY.byteLimit());
    }

    /** Whoever is asked for the pods besides the store, while this process assigns. */
    static Optional<Lookout> lookout(SluiceConfig.Pod pod) {
        Optional<Lookout> kubernetes = pod.kubernetes()
                .labels()
                .map(labels -> new KubernetesLookout(
                        pod.kubernetes().namespace(),
                        labels(labels),
                        pod.kubernetes().service()));
        return kubernetes.or(() -> pod.dns().map(names -> new DnsLookout(names, HostLookup.JVM, BETWEEN_LOOKS)));
    }

    private static Map<String, String> labels(String text) {
        return Stream.of(text.split(","))
                .map(label -> label.trim().split("=", 2))
                .collect(Collectors.toMap(label -> label[0], label -> label[1], (first, last) -> last));
    }
}
