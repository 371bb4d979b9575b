package io.sluice.sharder.membership.kubernetes;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.sluice.sharder.membership.PodSighting;
import io.sluice.sharder.membership.PodSighting.Standing;
import io.sluice.sharder.membership.PodSighting.Workload;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a Kubernetes pod tells of itself. */
final class PodReading {
    private static final String TEMPLATE_HASH = "pod-template-hash";
    /** Newer clusters copy it from the node. */
    private static final String ZONE = "topology.kubernetes.io/zone";

    private static final Set<String> OVER = Set.of("Succeeded", "Failed");

    private PodReading() {}

    /** Whether its containers have ended for good, although the pod is still listed. */
    static boolean isOver(Pod pod) {
        return pod.getStatus() != null
                && OVER.contains(String.valueOf(pod.getStatus().getPhase()));
    }

    /** @param nodeZone the zone of its node; empty if unknown */
    static PodSighting sighting(Pod pod, String nodeZone) {
        String host = pod.getStatus() == null || pod.getStatus().getPodIP() == null
                ? ""
                : pod.getStatus().getPodIP();
        String zone = nodeZone.isEmpty() ? label(pod, ZONE).orElse("") : nodeZone;
        return new PodSighting(
                pod.getMetadata().getUid(), pod.getMetadata().getName(), host, zone, standing(pod), workload(pod));
    }

    private static Standing standing(Pod pod) {
        if (pod.getMetadata().getDeletionTimestamp() != null) return Standing.TERMINATING;
        boolean isReady = pod.getStatus() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus()));
        return isReady ? Standing.READY : Standing.NOT_READY;
    }

    private static Optional<Workload> workload(Pod pod) {
        return pod.getMetadata().getOwnerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .findFirst()
                .flatMap(owner -> workload(pod, owner));
    }

    private static Optional<Workload> workload(Pod pod, OwnerReference owner) {
        return switch (owner.getKind()) {
            case "StatefulSet" -> Optional.of(new Workload(owner.getName(), ordinal(pod)));
            case "ReplicaSet" -> Optional.of(new Workload(deployment(pod, owner.getName()), Optional.empty()));
            default -> Optional.empty();
        };
    }

    private static Optional<Integer> ordinal(Pod pod) {
        String name = pod.getMetadata().getName();
        String digits = name.substring(name.lastIndexOf('-') + 1);
        return digits.matches("\\d{1,9}") ? Optional.of(Integer.valueOf(digits)) : Optional.empty();
    }

    // A new version of a deployment comes with a ReplicaSet of its own, named after the hash of its template. Without
    // the hash both have the name of the deployment, and old and new pods are of one workload.
    private static String deployment(Pod pod, String replicaSet) {
        return label(pod, TEMPLATE_HASH)
                .map(hash -> "-" + hash)
                .filter(replicaSet::endsWith)
                .map(end -> replicaSet.substring(0, replicaSet.length() - end.length()))
                .orElse(replicaSet);
    }

    private static Optional<String> label(Pod pod, String name) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        return labels == null ? Optional.empty() : Optional.ofNullable(labels.get(name));
    }
}
