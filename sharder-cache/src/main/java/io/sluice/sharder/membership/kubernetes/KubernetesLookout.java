package io.sluice.sharder.membership.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.sluice.sharder.membership.Lookout;
import io.sluice.sharder.membership.PodNotice;
import io.sluice.sharder.membership.kubernetes.KubernetesMembers.Watched;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Sees the pods as the API server does which this process is told of: by the service account of its pod, else by a
 * kubeconfig, as all programs for Kubernetes find it.
 *
 * @param namespace of the pods; that of this process if empty
 * @param labels that the pods carry
 * @param service in front of them, whose EndpointSlices tell the zones; none if empty
 */
public record KubernetesLookout(Optional<String> namespace, Map<String, String> labels, Optional<String> service)
        implements Lookout {
    private static final int PATIENCE_MILLIS = (int) Duration.ofSeconds(10).toMillis();

    public KubernetesLookout {
        labels = Map.copyOf(labels);
    }

    @Override
    public Watching watch(Consumer<PodNotice> listener) {
        // Whoever is not answered here tries again later, by himself.
        Config config = new ConfigBuilder(Config.autoConfigure(null))
                .withRequestRetryBackoffLimit(0)
                .withConnectionTimeout(PATIENCE_MILLIS)
                .withRequestTimeout(PATIENCE_MILLIS)
                .build();
        KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build();
        try {
            String where = namespace
                    .or(() -> Optional.ofNullable(client.getNamespace()))
                    .orElse("default");
            return new Open(client, KubernetesMembers.start(client, new Watched(where, labels, service), listener));
        } catch (RuntimeException unseen) {
            client.close();
            throw unseen;
        }
    }

    @Override
    public String toString() {
        return "Kubernetes, by the labels " + new TreeMap<>(labels);
    }

    private record Open(KubernetesClient client, KubernetesMembers members) implements Watching {
        @Override
        public boolean isInTouch() {
            return members.isInTouch();
        }

        @Override
        public void close() {
            members.close();
            client.close();
        }
    }
}
