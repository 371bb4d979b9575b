package io.sluice.sharder.membership.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.sluice.sharder.membership.PodNotice;
import io.sluice.sharder.membership.Replacements;
import io.sluice.sharder.membership.kubernetes.KubernetesMembers.Watched;
import io.sluice.sharder.testkit.Eventually;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** fabric8's own imitation of the API server, which keeps what it is given and tells those who watch. */
@EnableKubernetesMockClient(crud = true)
class KubernetesMembersTest {
    private static final Watched WATCHED = new Watched("lake", Map.of("app", "catalog"), Optional.of("catalog"));

    @SuppressWarnings("NullAway.Init") // the extension sets it
    private KubernetesClient client;

    private final List<PodNotice> told = new CopyOnWriteArrayList<>();

    @Test
    void podsComeBecomeReadyEndAndGo() {
        create(pod("catalog-7f-a", "7f", false));
        try (KubernetesMembers members = KubernetesMembers.start(client, WATCHED, told::add)) {
            Eventually.holds(() -> names().equals(List.of("APPEARED catalog-7f-a")));
            update(pod("catalog-7f-a", "7f", true));
            Eventually.holds(() -> names().contains("READY catalog-7f-a"));
            update(terminating(pod("catalog-7f-a", "7f", true)));
            Eventually.holds(() -> names().contains("TERMINATING catalog-7f-a"));
            assertThat(members.pods())
                    .singleElement()
                    .satisfies(pod -> assertThat(pod.host()).isEqualTo("10.0.0.1"));

            Pod released = terminating(pod("catalog-7f-a", "7f", true));
            released.getMetadata().setFinalizers(List.of());
            update(released);
            Eventually.holds(() -> names().contains("GONE catalog-7f-a"));
        }
    }

    @Test
    void otherPodsAreNotTold() {
        try (KubernetesMembers members = KubernetesMembers.start(client, WATCHED, told::add)) {
            Pod other = pod("console-1", "1", true);
            other.getMetadata().setLabels(Map.of("app", "console"));
            create(other);
            create(pod("catalog-7f-a", "7f", true));

            Eventually.holds(() -> !told.isEmpty());
            assertThat(names()).containsExactly("READY catalog-7f-a");
            assertThat(members.pods()).hasSize(1);
        }
    }

    @Test
    void withoutTheRightToListPodsItFailsAtOnce() {
        KubernetesMockServer strict = new KubernetesMockServer(false);
        strict.init();
        try (KubernetesClient denied = strict.createClient()) {
            strict.expect()
                    .get()
                    .withPath("/api/v1/namespaces/lake/pods?labelSelector=app%3Dcatalog&resourceVersion=0")
                    .andReturn(
                            403,
                            new StatusBuilder()
                                    .withMessage("no right to list pods")
                                    .withCode(403)
                                    .build())
                    .always();

            assertThatThrownBy(() -> KubernetesMembers.start(
                            denied, new Watched("lake", Map.of("app", "catalog"), Optional.empty()), told::add))
                    .hasStackTraceContaining("no right to list pods");
        } finally {
            strict.destroy();
        }
    }

    @Test
    void aServerThatWasAwayIsHeardAgainAndWhatWasSeenStandsMeanwhile() {
        KubernetesMockServer before = server(0);
        try (KubernetesClient watching = before.createClient()) {
            put(watching, pod("catalog-7f-a", "7f", true));
            try (KubernetesMembers members = KubernetesMembers.start(watching, WATCHED, told::add)) {
                Eventually.holds(members::isInTouch);
                before.destroy();
                Eventually.holds(() -> !members.isInTouch());
                assertThat(members.pods()).hasSize(1);

                KubernetesMockServer after = server(before.getPort());
                try (KubernetesClient other = after.createClient()) {
                    Eventually.holds(members::isInTouch);
                    put(other, pod("catalog-9c-b", "9c", true));
                    Eventually.holds(() -> names().contains("READY catalog-9c-b"));
                } finally {
                    after.destroy();
                }
            }
        }
    }

    private static void put(KubernetesClient into, Pod pod) {
        into.pods().inNamespace("lake").resource(pod).create();
    }

    private static KubernetesMockServer server(int port) {
        KubernetesMockServer server = new KubernetesMockServer(
                new Context(), new MockWebServer(), new HashMap<>(), new KubernetesCrudDispatcher(), false);
        server.init(InetAddress.getLoopbackAddress(), port);
        return server;
    }

    @Test
    void theZoneComesFromTheEndpointSlice() {
        create(pod("catalog-7f-a", "7f", true));
        try (KubernetesMembers members = KubernetesMembers.start(client, WATCHED, told::add)) {
            client.discovery()
                    .v1()
                    .endpointSlices()
                    .inNamespace("lake")
                    .resource(new EndpointSliceBuilder()
                            .withNewMetadata()
                            .withName("catalog-x")
                            .withNamespace("lake")
                            .withLabels(Map.of("kubernetes.io/service-name", "catalog"))
                            .endMetadata()
                            .withAddressType("IPv4")
                            .addNewEndpoint()
                            .withAddresses("10.0.0.1")
                            .withZone("eu-1a")
                            .withNewTargetRef()
                            .withKind("Pod")
                            .withName("catalog-7f-a")
                            .endTargetRef()
                            .endEndpoint()
                            .build())
                    .create();

            Eventually.holds(
                    () -> members.pods().stream().anyMatch(p -> p.zone().equals("eu-1a")));
        }
    }

    @Test
    void theZoneComesFromThePodToo() {
        Pod labelled = pod("catalog-7f-a", "7f", true);
        labelled.getMetadata().getLabels().put("topology.kubernetes.io/zone", "eu-1b");

        assertThat(PodReading.sighting(labelled, "").zone()).isEqualTo("eu-1b");
        assertThat(PodReading.sighting(labelled, "eu-1a").zone()).isEqualTo("eu-1a");
    }

    @Test
    void aPodThatTookTheNameOfAnotherWhileNobodyLookedIsAnother() {
        List<String> heard = new ArrayList<>();
        var handler = new KubernetesMembers.Handler<Pod>(
                pod -> heard.add("seen " + pod.getMetadata().getUid()),
                pod -> heard.add("gone " + pod.getMetadata().getUid()));
        Pod next = pod("catalog-0", "", true);
        next.getMetadata().setUid("its next life");

        handler.onUpdate(pod("catalog-0", "", true), next);

        assertThat(heard).containsExactly("gone uid of catalog-0", "seen its next life");
    }

    @Test
    void aRolloutPairsThePodOfTheOldReplicaSetWithThatOfTheNew() {
        Replacements replacements = new Replacements();
        create(pod("catalog-7f-a", "7f", true));
        try (KubernetesMembers members = KubernetesMembers.start(client, WATCHED, told::add)) {
            create(pod("catalog-9c-b", "9c", false));
            Eventually.holds(() -> told.size() == 2);
            update(pod("catalog-9c-b", "9c", true));
            Eventually.holds(() -> told.size() == 3);
            update(terminating(pod("catalog-7f-a", "7f", true)));
            Eventually.holds(() -> told.size() == 4);
            assertThat(members.pods()).hasSize(2);
        }

        Optional<Replacements.Pair> pair = told.stream()
                .map(notice -> replacements.on(notice, 0))
                .flatMap(Optional::stream)
                .findFirst();

        assertThat(pair.orElseThrow().leaving().name()).isEqualTo("catalog-7f-a");
        assertThat(pair.orElseThrow().coming().name()).isEqualTo("catalog-9c-b");
    }

    @Test
    void aStatefulSetsPodKnowsItsOrdinal() {
        Pod pod = pod("catalog-12", "", true);
        pod.getMetadata()
                .setOwnerReferences(List.of(new OwnerReferenceBuilder()
                        .withKind("StatefulSet")
                        .withName("catalog")
                        .withController(true)
                        .build()));

        assertThat(PodReading.sighting(pod, "").workload().orElseThrow().ordinal())
                .contains(12);
    }

    private List<String> names() {
        return told.stream().map(n -> n.kind() + " " + n.pod().name()).toList();
    }

    private void create(Pod pod) {
        put(client, pod);
    }

    private void update(Pod pod) {
        client.pods().inNamespace("lake").resource(pod).update();
    }

    private static Pod terminating(Pod pod) {
        pod.getMetadata().setDeletionTimestamp("2030-01-01T00:00:00Z");
        // The API server keeps a pod that is being deleted only as long as somebody holds it.
        pod.getMetadata().setFinalizers(List.of("lake/held"));
        return pod;
    }

    private static Pod pod(String name, String hash, boolean isReady) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("lake")
                .withUid("uid of " + name)
                .withLabels(new HashMap<>(Map.of("app", "catalog", "pod-template-hash", hash)))
                .addNewOwnerReference()
                .withKind("ReplicaSet")
                .withName("catalog-" + hash)
                .withController(true)
                .endOwnerReference()
                .endMetadata()
                .withNewStatus()
                .withPhase("Running")
                .withPodIP("10.0.0.1")
                .addNewCondition()
                .withType("Ready")
                .withStatus(isReady ? "True" : "False")
                .endCondition()
                .endStatus()
                .build();
    }
}
