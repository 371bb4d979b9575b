package io.sluice.sharder.assigner;

import io.sluice.sharder.Resource;
import io.sluice.sharder.membership.PodNotice;
import io.sluice.sharder.membership.PodSighting;
import io.sluice.sharder.membership.PodSighting.Standing;
import io.sluice.sharder.membership.Replacements;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the platform says of the pods on the roll. It knows them by ids of its own: a pod is recognised by its name, or
 * by its host where no other pod shares that. Of a pod that is not recognised nothing was said.
 */
final class Hearsay {
    private final Replacements replacements = new Replacements();
    private final Map<String, PodSighting> seen = new LinkedHashMap<>();
    /** From the one that ends to the one that takes its place. */
    private final Map<String, String> nextOf = new HashMap<>();

    private final Map<Resource, String> idOf = new HashMap<>();

    /** Before which look at the roll the platform told the pod to end. */
    private final Map<String, Long> endingSince = new HashMap<>();

    /** At which look the pod was on the roll for the first time. */
    private final Map<Resource, Long> presentSince = new HashMap<>();

    private long looks;

    void hear(PodNotice notice, long nowNanos) {
        PodSighting pod = notice.pod();
        replacements
                .on(notice, nowNanos)
                .ifPresent(pair -> nextOf.put(pair.leaving().id(), pair.coming().id()));
        if (notice.kind() == PodNotice.Kind.GONE) seen.remove(pod.id());
        else seen.put(pod.id(), pod);
        if (notice.kind() == PodNotice.Kind.TERMINATING) endingSince.put(pod.id(), looks);
    }

    /** The store was asked who is there. */
    void look(Collection<Resource> roll) {
        roll.forEach(pod -> presentSince.putIfAbsent(pod, looks));
        Set<Resource> there = Set.copyOf(roll);
        presentSince.keySet().retainAll(there);
        idOf.keySet().retainAll(there);
        recognizeAll();
        endingSince.keySet().retainAll(seen.keySet());
        nextOf.keySet().removeIf(id -> !seen.containsKey(id) && !idOf.containsValue(id));
        looks++;
    }

    /** Who was recognised stays that one, also when it is seen no more, unless it turns out to be another. */
    private void recognizeAll() {
        if (seen.isEmpty() || presentSince.keySet().stream().allMatch(this::isRecognized)) return;
        Map<String, PodSighting> byName = new HashMap<>();
        seen.values().forEach(pod -> byName.put(pod.name(), pod));
        Map<String, Long> onHost =
                seen.values().stream().collect(Collectors.groupingBy(PodSighting::host, Collectors.counting()));
        Map<String, PodSighting> alone = seen.values().stream()
                .filter(pod -> onHost.getOrDefault(pod.host(), 0L) == 1)
                .collect(Collectors.toMap(PodSighting::host, pod -> pod));
        for (Resource pod : presentSince.keySet()) {
            if (isRecognized(pod)) continue;
            String host = host(pod.address());
            Stream.of(
                            Optional.ofNullable(byName.get(pod.name())),
                            Optional.ofNullable(alone.get(host)),
                            Optional.ofNullable(byName.get(host.replaceFirst("\\..*", ""))))
                    .flatMap(Optional::stream)
                    .findFirst()
                    .filter(sighting -> couldBe(pod, sighting))
                    .ifPresent(sighting -> idOf.put(pod, sighting.id()));
        }
    }

    private boolean isRecognized(Resource pod) {
        return seen.containsKey(idOf.getOrDefault(pod, ""));
    }

    // A pod that was told to end starts no process: who comes later is another, though it may have the same name.
    private boolean couldBe(Resource pod, PodSighting sighting) {
        return sighting.standing() != Standing.TERMINATING
                || presentSince.getOrDefault(pod, 0L) <= endingSince.getOrDefault(sighting.id(), 0L);
    }

    /** Of {@code http://10.0.0.7:8080}, {@code [::1]:4510} and the like. */
    private static String host(String address) {
        return address.replaceFirst("^[a-z]+://", "")
                .replaceFirst("(:\\d+)?(/.*)?$", "")
                .replaceAll("[\\[\\]]", "");
    }

    /** Whether it was told to end. */
    boolean isEnding(Resource pod) {
        return sighting(pod).stream().anyMatch(seen -> seen.standing() == Standing.TERMINATING);
    }

    /** Whether it was there, and is not or is not ready now. */
    boolean isAway(Resource pod) {
        return idOf.containsKey(pod) && sighting(pod).stream().allMatch(seen -> seen.standing() == Standing.NOT_READY);
    }

    /** Empty if unknown. */
    String zone(Resource pod) {
        return sighting(pod).map(PodSighting::zone).orElse("");
    }

    /** Whether the one takes the other's place. */
    boolean isPair(Resource leaving, Resource coming) {
        String next = nextOf.get(idOf.getOrDefault(leaving, ""));
        return next != null && next.equals(idOf.get(coming));
    }

    private Optional<PodSighting> sighting(Resource pod) {
        return Optional.ofNullable(seen.get(idOf.getOrDefault(pod, "")));
    }
}
