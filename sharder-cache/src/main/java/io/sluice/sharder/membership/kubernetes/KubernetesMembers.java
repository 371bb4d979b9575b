package io.sluice.sharder.membership.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.sluice.sharder.membership.Lookout.Watching;
import io.sluice.sharder.membership.PodNotice;
import io.sluice.sharder.membership.PodSighting;
import io.sluice.sharder.membership.Sightings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Watches the pods that carry certain labels, and the EndpointSlices of their service, which know the zones. Watches
 * resume by themselves after an interruption and begin with a full list, so that nothing stays missed.
 *
 * <p>Needs the rights to list and watch {@code pods} and, with a service, {@code endpointslices} in the namespace. Where
 * they are not given, {@link #start} fails, and the assigner does with heartbeats alone.
 */
public final class KubernetesMembers implements Watching {
    private static final String SERVICE_LABEL = "kubernetes.io/service-name";

    private final Consumer<PodNotice> listener;
    private final Sightings sightings = new Sightings();
    private final Map<String, Pod> pods = new HashMap<>();
    private final Map<String, Map<String, String>> zonesBySlice = new HashMap<>();
    private final SharedIndexInformer<Pod> podInformer;
    private final Optional<SharedIndexInformer<EndpointSlice>> sliceInformer;

    private KubernetesMembers(KubernetesClient client, Watched watched, Consumer<PodNotice> listener) {
        this.listener = listener;
        // The slices first: what is told of a pod should name its zone.
        this.sliceInformer = watched.service()
                .map(service -> begun(
                        client.discovery()
                                .v1()
                                .endpointSlices()
                                .inNamespace(watched.namespace())
                                .withLabel(SERVICE_LABEL, service),
                        new Handler<>(this::seenSlice, this::deletedSlice)));
        try {
            this.podInformer = begun(
                    client.pods().inNamespace(watched.namespace()).withLabels(watched.labels()),
                    new Handler<>(this::seenPod, this::deletedPod));
        } catch (RuntimeException unseen) {
            sliceInformer.ifPresent(SharedIndexInformer::close);
            throw unseen;
        }
    }

    /** Fails where the first list does; later it tries again whatever happens. */
    private static <T extends HasMetadata> SharedIndexInformer<T> begun(
            Informable<T> objects, ResourceEventHandler<T> handler) {
        SharedIndexInformer<T> informer = objects.runnableInformer(0);
        try {
            informer.exceptionHandler((isStarted, failure) -> isStarted);
            return informer.addEventHandler(handler).run();
        } catch (RuntimeException failure) {
            informer.close();
            throw failure;
        }
    }

    /**
     * What to watch.
     *
     * @param labels that the pods carry
     * @param service in front of them, if any
     */
    public record Watched(String namespace, Map<String, String> labels, Optional<String> service) {
        public Watched {
            labels = Map.copyOf(labels);
        }
    }

    /**
     * Returns when the first list is there; its pods have then been told.
     *
     * @param listener is called by one thread at a time
     */
    public static KubernetesMembers start(KubernetesClient client, Watched watched, Consumer<PodNotice> listener) {
        return new KubernetesMembers(client, watched, listener);
    }

    @Override
    public boolean isInTouch() {
        return podInformer.isWatching()
                && sliceInformer.map(SharedIndexInformer::isWatching).orElse(true);
    }

    @Override
    public void close() {
        podInformer.close();
        sliceInformer.ifPresent(SharedIndexInformer::close);
    }

    private synchronized void seenPod(Pod pod) {
        pods.put(pod.getMetadata().getUid(), pod);
        if (PodReading.isOver(pod)) sightings.gone(pod.getMetadata().getUid()).ifPresent(listener);
        else sightings.see(sighting(pod)).ifPresent(listener);
    }

    private synchronized void deletedPod(Pod pod) {
        pods.remove(pod.getMetadata().getUid());
        sightings.gone(pod.getMetadata().getUid()).ifPresent(listener);
    }

    private synchronized void seenSlice(EndpointSlice slice) {
        Map<String, String> zones = new HashMap<>();
        for (Endpoint endpoint : slice.getEndpoints())
            if (endpoint.getTargetRef() != null && endpoint.getZone() != null)
                zones.put(endpoint.getTargetRef().getName(), endpoint.getZone());
        zonesBySlice.put(slice.getMetadata().getName(), zones);
        // The zone is no news by itself, but whoever asks for the pods should see it.
        pods.values().stream()
                .filter(pod -> zones.containsKey(pod.getMetadata().getName()) && !PodReading.isOver(pod))
                .forEach(pod -> sightings.see(sighting(pod)).ifPresent(listener));
    }

    private synchronized void deletedSlice(EndpointSlice slice) {
        zonesBySlice.remove(slice.getMetadata().getName());
    }

    /** What is known now. */
    public synchronized List<PodSighting> pods() {
        return sightings.pods();
    }

    private PodSighting sighting(Pod pod) {
        String zone = zonesBySlice.values().stream()
                .map(zones -> zones.getOrDefault(pod.getMetadata().getName(), ""))
                .filter(known -> !known.isEmpty())
                .findFirst()
                .orElse("");
        return PodReading.sighting(pod, zone);
    }

    /** One kind of object, as it comes, changes and goes. */
    record Handler<T extends HasMetadata>(Consumer<T> seen, Consumer<T> deleted) implements ResourceEventHandler<T> {
        @Override
        public void onAdd(T object) {
            seen.accept(object);
        }

        // Another object under the name of one that ended while nobody looked comes as a change too.
        @Override
        public void onUpdate(T before, T object) {
            if (!Objects.equals(
                    before.getMetadata().getUid(), object.getMetadata().getUid())) deleted.accept(before);
            seen.accept(object);
        }

        @Override
        public void onDelete(T object, boolean isFinalStateUnknown) {
            deleted.accept(object);
        }
    }
}
