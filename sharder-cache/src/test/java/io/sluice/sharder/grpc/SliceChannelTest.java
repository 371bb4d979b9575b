package io.sluice.sharder.grpc;

import static io.sluice.sharder.testkit.Maps.assignment;
import static io.sluice.sharder.testkit.Maps.held;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.BindableService;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.ServerCalls;
import io.sluice.sharder.Assignment;
import io.sluice.sharder.Clerk;
import io.sluice.sharder.Consistency;
import io.sluice.sharder.Resource;
import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.Target;
import io.sluice.sharder.balance.Balancer;
import io.sluice.sharder.balance.Candidate;
import io.sluice.sharder.store.MemoryShardStore;
import io.sluice.sharder.testkit.Eventually;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real servers, each of which answers with its own name. */
class SliceChannelTest {
    private static final SliceKey MIDDLE = new SliceKey(Long.MIN_VALUE);
    private static final SliceKey LOW = new SliceKey(1);
    private static final SliceKey HIGH = new SliceKey(-1);
    private static final MethodDescriptor<String, String> WHO = MethodDescriptor.<String, String>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName("test.Who/Ask")
            .setRequestMarshaller(new Text())
            .setResponseMarshaller(new Text())
            .build();

    private final ClusterSecret secret = ClusterSecret.random();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private volatile Assignment current = Assignment.NONE;
    private final Clerk clerk = () -> current;
    private final Balancer balancer = Balancer.inZone("");

    @AfterEach
    void closeAll() throws Exception {
        while (!open.isEmpty()) open.pop().close();
    }

    @ParameterizedTest
    @EnumSource
    void aCallGoesToTheOwnerOfItsKey(Transport transport) throws Exception {
        Cluster cluster = cluster(transport);
        current = split(1, pod(cluster, "a"), pod(cluster, "b"));
        ManagedChannel channel = channel(cluster, Candidate::of);

        for (int i = 0; i < 20; i++) {
            assertThat(ask(channel, LOW)).isEqualTo("a");
            assertThat(ask(channel, HIGH)).isEqualTo("b");
        }
    }

    @Test
    void theKeyMayTravelInAHeader() throws Exception {
        Cluster cluster = cluster(Transport.IN_PROCESS);
        current = split(1, pod(cluster, "a"), pod(cluster, "b"));
        ManagedChannel channel = channel(cluster, Candidate::of);

        for (int i = 0; i < 20; i++)
            assertThat(askWithHeader(channel, HIGH.toString())).isEqualTo("b");

        assertThatThrownBy(() -> askWithHeader(channel, "north"))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("16 hex digits");
    }

    @Test
    void copiesOfASliceShareItsCalls() throws Exception {
        Cluster cluster = cluster(Transport.IN_PROCESS);
        Resource a = pod(cluster, "a");
        Resource b = pod(cluster, "b");
        current = assignment(1, held(Slice.of(SliceKey.ROOT, MIDDLE), a, 1), held(Slice.from(MIDDLE), b, 1));
        SliceChannel.Takers both = (assignment, key) -> List.of(a, b);
        ManagedChannel channel = opened(
                SliceChannel.to(cluster, clerk, both, balancer, Candidate::of).build());
        Set<String> answered = new HashSet<>();

        Eventually.holds(() -> {
            answered.add(ask(channel, LOW));
            return answered.equals(Set.of("a", "b"));
        });
    }

    @Test
    void callsWithoutAKeyReachAllPods() throws Exception {
        Cluster cluster = cluster(Transport.NETWORK);
        current = split(1, pod(cluster, "a"), pod(cluster, "b"));
        ManagedChannel channel = channel(cluster, Candidate::of);
        Set<String> answered = new HashSet<>();

        Eventually.holds(() -> {
            answered.add(ask(channel, null));
            return answered.equals(Set.of("a", "b"));
        });
    }

    @Test
    void callsStayInTheCallersZone() throws Exception {
        Cluster cluster = cluster(Transport.IN_PROCESS);
        current = split(1, pod(cluster, "a"), pod(cluster, "b"));
        Balancer at = Balancer.inZone("zone of b");
        ManagedChannel channel =
                opened(SliceChannel.to(cluster, clerk, at, pod -> new Candidate(pod, "zone of " + pod.name(), 1))
                        .build());
        Eventually.holds(() -> ask(channel, HIGH).equals("b"));

        for (int i = 0; i < 50; i++) assertThat(ask(channel, null)).isEqualTo("b");
    }

    @Test
    void aMoveIsFollowedByTheVeryNextCall() throws Exception {
        Cluster cluster = cluster(Transport.NETWORK);
        Resource a = pod(cluster, "a");
        Resource b = pod(cluster, "b");
        current = assignment(1, held(Slice.ALL, a, 1));
        ManagedChannel channel = channel(cluster, Candidate::of);
        assertThat(ask(channel, HIGH)).isEqualTo("a");

        for (int generation = 2; generation < 20; generation++) {
            current = split(generation, generation % 2 == 0 ? a : b, generation % 2 == 0 ? b : a);
            assertThat(ask(channel, HIGH)).isEqualTo(generation % 2 == 0 ? "b" : "a");
        }
    }

    @Test
    void whenTheOwnerDiesItsCallsGoToAnotherPodThatCanForward() throws Exception {
        Cluster cluster = cluster(Transport.NETWORK);
        Resource a = pod(cluster, "a");
        WatchServer doomed = server(cluster, "b");
        current = split(1, a, new Resource("b", doomed.address(), 1));
        ManagedChannel channel = channel(cluster, Candidate::of);
        assertThat(ask(channel, HIGH)).isEqualTo("b");

        doomed.close();

        // The first call may meet the end of the connection; every later one is answered.
        Eventually.holds(() -> answers(channel, HIGH));
        for (int i = 0; i < 20; i++) assertThat(ask(channel, HIGH)).isEqualTo("a");
    }

    @Test
    void aPodThatComesBackIsCalledAgain() throws Exception {
        Cluster cluster = cluster(Transport.NETWORK);
        Resource a = pod(cluster, "a");
        WatchServer first = server(cluster, "b");
        current = split(1, a, new Resource("b", first.address(), 1));
        ManagedChannel channel = channel(cluster, Candidate::of);
        assertThat(ask(channel, HIGH)).isEqualTo("b");
        first.close();
        Eventually.holds(() -> answers(channel, HIGH));

        opened(WatchServer.start(cluster, first.address(), (BindableService) () -> named("b")));
        current = split(2, a, new Resource("b", first.address(), 2));

        assertThat(ask(channel, HIGH)).isEqualTo("b");
    }

    @Test
    void whenNobodyCanBeReachedTheCallSaysSo() throws Exception {
        Cluster cluster = cluster(Transport.NETWORK);
        WatchServer gone = server(cluster, "a");
        gone.close();
        current = assignment(1, held(Slice.ALL, new Resource("a", gone.address(), 1), 1));
        ManagedChannel channel = channel(cluster, Candidate::of);

        assertThatThrownBy(() -> ask(channel, LOW))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
    }

    @Test
    void aCallWaitsForTheFirstAssignment() throws Exception {
        Cluster cluster = cluster(Transport.IN_PROCESS);
        ManagedChannel channel = channel(cluster, Candidate::of);
        var answer = ClientCalls.futureUnaryCall(channel.newCall(WHO, CallOptions.DEFAULT), "");
        assertThat(answer.isDone()).isFalse();

        current = assignment(1, held(Slice.ALL, pod(cluster, "a"), 1));

        assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo("a");
    }

    @Test
    void aPodThatKeepsFailingIsLeftAloneByCallsWithoutAKey() throws Exception {
        Cluster cluster = cluster(Transport.IN_PROCESS);
        Resource a = pod(cluster, "a");
        Resource broken = new Resource("broken", server(cluster, "broken").address(), 1);
        current = split(1, a, broken);
        ManagedChannel channel = channel(cluster, Candidate::of);

        Eventually.holds(() -> {
            answers(channel, HIGH);
            return balancer.isEjected(broken, Time.system().nanos());
        });
        for (int i = 0; i < 20; i++) assertThat(ask(channel, null)).isEqualTo("a");
    }

    private static Assignment split(long generation, Resource low, Resource high) {
        return assignment(
                generation,
                held(Slice.of(SliceKey.ROOT, MIDDLE), low, generation),
                held(Slice.from(MIDDLE), high, generation));
    }

    private Cluster cluster(Transport transport) {
        return new Cluster(new Target("catalog"), Consistency.LINEARIZABLE, transport, secret, new MemoryShardStore(1));
    }

    private Resource pod(Cluster cluster, String name) throws IOException {
        return new Resource(name, server(cluster, name).address(), 1);
    }

    private WatchServer server(Cluster cluster, String name) throws IOException {
        String listen = cluster.transport() == Transport.NETWORK ? "127.0.0.1:0" : name + UUID.randomUUID();
        return opened(WatchServer.start(cluster, listen, (BindableService) () -> named(name)));
    }

    private ManagedChannel channel(Cluster cluster, Function<Resource, Candidate> describe) {
        return opened(SliceChannel.to(cluster, clerk, balancer, describe).build());
    }

    private static String ask(ManagedChannel channel, SliceKey key) {
        CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(60, TimeUnit.SECONDS);
        return ClientCalls.blockingUnaryCall(
                channel, WHO, key == null ? options : options.withOption(SliceChannel.KEY, key), "");
    }

    private static boolean answers(ManagedChannel channel, SliceKey key) {
        try {
            ask(channel, key);
            return true;
        } catch (StatusRuntimeException notNow) {
            return false;
        }
    }

    private static String askWithHeader(ManagedChannel channel, String key) {
        Metadata headers = new Metadata();
        headers.put(SliceChannel.HEADER, key);
        return ClientCalls.blockingUnaryCall(
                io.grpc.ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers)),
                WHO,
                CallOptions.DEFAULT,
                "");
    }

    private static ServerServiceDefinition named(String name) {
        return ServerServiceDefinition.builder("test.Who")
                .addMethod(WHO, ServerCalls.asyncUnaryCall((request, answer) -> {
                    if (name.equals("broken")) answer.onError(Status.INTERNAL.asRuntimeException());
                    else {
                        answer.onNext(name);
                        answer.onCompleted();
                    }
                }))
                .build();
    }

    private <C extends AutoCloseable> C opened(C closeable) {
        open.push(closeable);
        return closeable;
    }

    private ManagedChannel opened(ManagedChannel channel) {
        open.push(channel::shutdownNow);
        return channel;
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
