package io.sluice.sharder.grpc.xds;

import static io.sluice.sharder.testkit.Maps.assignment;
import static io.sluice.sharder.testkit.Maps.held;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.NameResolverRegistry;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.grpc.xds.XdsNameResolverProvider;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.core.v3.HealthStatus;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.grpc.xds.shaded.io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.grpc.xds.shaded.io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.grpc.xds.shaded.io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.grpc.xds.shaded.io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.sluice.sharder.Assignment;
import io.sluice.sharder.Clerk;
import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.Target;
import io.sluice.sharder.grpc.xds.ExportedPod.Health;
import io.sluice.sharder.testkit.Eventually;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Read by others: by Envoy's own message types, and by gRPC's own xDS client, which calls the pods it is told of. */
class XdsServerTest {
    private static final String ENDPOINTS = "type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment";
    private static final SliceKey MIDDLE = new SliceKey(Long.MIN_VALUE);
    private static final MethodDescriptor<String, String> WHO = MethodDescriptor.<String, String>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName("test.Who/Ask")
            .setRequestMarshaller(new Text())
            .setResponseMarshaller(new Text())
            .build();

    private final Deque<Runnable> open = new ArrayDeque<>();
    private final Map<String, ExportedPod> told = new ConcurrentHashMap<>();
    private volatile Assignment current = Assignment.NONE;

    @AfterEach
    void closeAll() {
        while (!open.isEmpty()) open.pop().run();
    }

    @Test
    void grpcsOwnClientResolvesTheTargetAndFollowsItsPods() throws Exception {
        Resource a = pod("a");
        Resource b = pod("b");
        current = assignment(1, held(Slice.ALL, a, 1));
        ManagedChannel channel = xdsChannel(server());

        assertThat(ask(channel)).isEqualTo("a");

        current = split(2, a, b);
        Set<String> answered = new HashSet<>();
        Eventually.holds(() -> {
            answered.add(ask(channel));
            return answered.equals(Set.of("a", "b"));
        });

        current = assignment(3, held(Slice.ALL, b, 3));
        Eventually.holds(() -> ask(channel).equals("b")
                && ask(channel).equals("b")
                && ask(channel).equals("b"));
    }

    @Test
    void aPodThatIsNotHealthyGetsNoCalls() throws Exception {
        current = split(1, pod("a"), pod("b"));
        told.put("b", new ExportedPod("", 1, Health.UNHEALTHY));
        ManagedChannel channel = xdsChannel(server());

        for (int i = 0; i < 20; i++) assertThat(ask(channel)).isEqualTo("a");
    }

    @Test
    void envoysTypesReadZonesHealthWeightsAndSlices() throws Exception {
        Resource a = new Resource("a", "10.0.0.1:80", 1);
        Resource b = new Resource("b", "[fd00::2]:81", 1);
        current = split(1, a, b);
        told.put("a", new ExportedPod("eu-1a", 2, Health.HEALTHY));
        told.put("b", new ExportedPod("eu-1b", 1, Health.DRAINING));

        ClusterLoadAssignment read = endpoints(subscribe(server(), "catalog").take());

        assertThat(read.getClusterName()).isEqualTo("catalog");
        assertThat(read.getEndpointsList())
                .extracting(
                        l -> l.getLocality().getZone(),
                        l -> l.getLoadBalancingWeight().getValue())
                .containsExactly(tuple("eu-1a", 200), tuple("eu-1b", 100));
        var second = read.getEndpoints(1).getLbEndpoints(0);
        assertThat(second.getHealthStatus()).isEqualTo(HealthStatus.DRAINING);
        assertThat(second.getEndpoint().getAddress().getSocketAddress().getAddress())
                .isEqualTo("fd00::2");
        assertThat(second.getEndpoint().getAddress().getSocketAddress().getPortValue())
                .isEqualTo(81);
        assertThat(second.getMetadata()
                        .getFilterMetadataOrThrow("io.sluice.sharder")
                        .getFieldsOrThrow("slices")
                        .getListValue()
                        .getValues(0)
                        .getStringValue())
                .isEqualTo(Slice.from(MIDDLE).toString());
    }

    @Test
    void onlyChangesAreToldAndOnlyToThoseWhoAsked() throws Exception {
        current = split(1, new Resource("a", "10.0.0.1:80", 1), new Resource("b", "10.0.0.2:80", 1));
        XdsServer server = server();
        BlockingQueue<DiscoveryResponse> answers = subscribe(server, "catalog");
        BlockingQueue<DiscoveryResponse> others = subscribe(server, "files");
        assertThat(answers.take().getResourcesCount()).isEqualTo(1);
        assertThat(others.take().getResourcesCount()).isZero();

        told.put("b", new ExportedPod("", 1, Health.DRAINING));
        DiscoveryResponse next = answers.take();

        assertThat(endpoints(next).getEndpointsList().stream()
                        .map(LocalityLbEndpoints::getLbEndpointsList)
                        .flatMap(List::stream)
                        .map(e -> e.getHealthStatus()))
                .containsExactly(HealthStatus.HEALTHY, HealthStatus.DRAINING);
        assertThat(others).isEmpty();
        assertThat(answers).isEmpty();
    }

    @Test
    void aPodWithoutAnAddressOfNumbersIsLeftOut() throws Exception {
        current = split(1, new Resource("a", "10.0.0.1:80", 1), new Resource("b", "b.catalog.svc:80", 1));

        ClusterLoadAssignment read = endpoints(subscribe(server(), "catalog").take());

        assertThat(read.getEndpointsList())
                .singleElement()
                .satisfies(locality -> assertThat(locality.getLbEndpointsList()).hasSize(1));
    }

    private XdsServer server() throws IOException {
        Clerk clerk = () -> current;
        XdsServer server = XdsServer.start(
                new InetSocketAddress("127.0.0.1", 0),
                Map.of(new Target("catalog"), clerk),
                pod -> told.getOrDefault(pod.name(), ExportedPod.ORDINARY),
                Duration.ofMillis(5));
        open.push(server::close);
        return server;
    }

    private Resource pod(String name) throws IOException {
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                .addService(ServerServiceDefinition.builder("test.Who")
                        .addMethod(WHO, ServerCalls.asyncUnaryCall((request, answer) -> {
                            answer.onNext(name);
                            answer.onCompleted();
                        }))
                        .build())
                .build()
                .start();
        open.push(server::shutdownNow);
        return new Resource(name, "127.0.0.1:" + server.getPort(), 1);
    }

    private ManagedChannel xdsChannel(XdsServer server) {
        // One scheme for each test: clients of one scheme share their connection to the control plane.
        String scheme = "xds-" + server.port();
        var resolver = XdsNameResolverProvider.createForTest(
                scheme,
                Map.of(
                        "xds_servers",
                        List.of(Map.of(
                                "server_uri",
                                "127.0.0.1:" + server.port(),
                                "channel_creds",
                                List.of(Map.of("type", "insecure")),
                                "server_features",
                                List.of("xds_v3"))),
                        "node",
                        Map.of("id", "a test")));
        NameResolverRegistry.getDefaultRegistry().register(resolver);
        open.push(() -> NameResolverRegistry.getDefaultRegistry().deregister(resolver));
        ManagedChannel channel = Grpc.newChannelBuilder(scheme + ":///catalog", InsecureChannelCredentials.create())
                .build();
        open.push(channel::shutdownNow);
        return channel;
    }

    private static String ask(ManagedChannel channel) {
        try {
            return ClientCalls.blockingUnaryCall(
                    channel, WHO, CallOptions.DEFAULT.withDeadlineAfter(60, TimeUnit.SECONDS), "");
        } catch (StatusRuntimeException movedAway) {
            return movedAway.getStatus().toString();
        }
    }

    private BlockingQueue<DiscoveryResponse> subscribe(XdsServer server, String name) {
        BlockingQueue<DiscoveryResponse> answers = new LinkedBlockingQueue<>();
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                .usePlaintext()
                .build();
        open.push(channel::shutdownNow);
        @SuppressWarnings("unchecked")
        StreamObserver<DiscoveryRequest>[] requests = new StreamObserver[1];
        requests[0] = AggregatedDiscoveryServiceGrpc.newStub(channel).streamAggregatedResources(new StreamObserver<>() {
            @Override
            public void onNext(DiscoveryResponse response) {
                answers.add(response);
                requests[0].onNext(request(name)
                        .setVersionInfo(response.getVersionInfo())
                        .setResponseNonce(response.getNonce())
                        .build());
            }

            @Override
            public void onError(Throwable ended) {}

            @Override
            public void onCompleted() {}
        });
        requests[0].onNext(request(name).build());
        return answers;
    }

    private static DiscoveryRequest.Builder request(String name) {
        return DiscoveryRequest.newBuilder().setTypeUrl(ENDPOINTS).addResourceNames(name);
    }

    private static ClusterLoadAssignment endpoints(DiscoveryResponse response) throws Exception {
        return response.getResources(0).unpack(ClusterLoadAssignment.class);
    }

    private static Assignment split(long generation, Resource low, Resource high) {
        return assignment(
                generation,
                held(Slice.of(SliceKey.ROOT, MIDDLE), low, generation),
                held(Slice.from(MIDDLE), high, generation));
    }

    private static final class Text implements MethodDescriptor.Marshaller<String> {
        @Override
        public InputStream stream(String value) {
            return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String parse(InputStream stream) {
            try {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
