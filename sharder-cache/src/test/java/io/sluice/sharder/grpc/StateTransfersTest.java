package io.sluice.sharder.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.BindableService;
import io.sluice.sharder.Consistency;
import io.sluice.sharder.Slice;
import io.sluice.sharder.SliceKey;
import io.sluice.sharder.Target;
import io.sluice.sharder.store.MemoryShardStore;
import io.sluice.sharder.testkit.Eventually;
import io.sluice.sharder.transfer.ByteBudget;
import io.sluice.sharder.transfer.Cursor;
import io.sluice.sharder.transfer.StateProvider;
import io.sluice.sharder.transfer.StateReading;
import io.sluice.sharder.transfer.TransferResult;
import io.sluice.sharder.transfer.TransferTerms;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real gRPC over loopback; only the clock is ours. The provider's state is a text that may grow. */
class StateTransfersTest {
    private static final Slice SLICE = Slice.of(SliceKey.of("sales"), new SliceKey(-1));

    private final ManualTime time = new ManualTime();
    private final Cluster cluster = new Cluster(
            new Target("catalog"),
            Consistency.LINEARIZABLE,
            Transport.NETWORK,
            ClusterSecret.of("known-to-all-pods"),
            new MemoryShardStore(1));
    private final Text text = new Text("the state of a slice, in many small chunks");
    private final StringBuffer acquired = new StringBuffer();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    @AfterEach
    void closeAll() throws Exception {
        while (!open.isEmpty()) open.pop().close();
    }

    @Test
    void theStateFollowsTheSlice() throws Exception {
        WatchServer server = server(new TransferService(cluster.target(), text));
        Transfer transfer = transfers(cluster, 1 << 30).acquire(SLICE, server.address());
        eventually(() -> transfer.caughtUp().isDone());
        assertThat(acquired).hasToString("the state of a slice, in many small chunks");

        text.grow(" and a last word");
        transfer.cutOver();
        eventually(() -> transfer.ended().isDone());

        assertThat(acquired).hasToString("the state of a slice, in many small chunks and a last word");
        assertThat(transfer.ended().join()).isEqualTo(new TransferResult.Complete(58));
        eventually(() -> text.released.equals("58"));
        assertThat(text.asked).isEqualTo(SLICE);
    }

    @Test
    void aProviderThatStartsAgainAtItsAddressIsPulledFromWhereItStood() throws Exception {
        // Its process dies in the middle; since it kept its place, the text comes once and whole.
        WatchServer first = server(new TransferService(cluster.target(), text));
        Transfer transfer = transfers(cluster, 40).acquire(SLICE, first.address());
        eventually(() -> acquired.length() >= 16);
        first.close();
        eventually(() -> time.nanos() > 2_000_000_000L);
        opened(WatchServer.start(cluster, first.address(), new TransferService(cluster.target(), text)));

        transfer.cutOver();
        eventually(() -> transfer.ended().isDone());

        assertThat(transfer.ended().join()).isInstanceOf(TransferResult.Complete.class);
        assertThat(acquired).hasToString("the state of a slice, in many small chunks");
    }

    @Test
    void aProviderThatNeverComesIsGivenUp() throws Exception {
        WatchServer gone = server(new TransferService(cluster.target(), text));
        gone.close();

        Transfer transfer = transfers(cluster, 1 << 30).acquire(SLICE, gone.address());
        eventually(() -> transfer.ended().isDone());

        assertThat(transfer.ended().join()).isInstanceOf(TransferResult.GaveUp.class);
        assertThat(transfer.caughtUp()).isNotDone();
    }

    @Test
    void whoeverDoesNotKnowTheSecretGetsNothing() throws Exception {
        WatchServer server = server(new TransferService(cluster.target(), text));
        Cluster strangers = new Cluster(
                cluster.target(),
                Consistency.LINEARIZABLE,
                Transport.NETWORK,
                ClusterSecret.random(),
                new MemoryShardStore(1));

        Transfer transfer = transfers(strangers, 1 << 30).acquire(SLICE, server.address());
        eventually(() -> transfer.ended().isDone());

        assertThat(transfer.ended().join()).asString().contains("UNAUTHENTICATED");
        assertThat(acquired).isEmpty();
    }

    @Test
    void anotherTargetIsRefused() throws Exception {
        WatchServer server = server(new TransferService(new Target("files"), text));

        Transfer transfer = transfers(cluster, 1 << 30).acquire(SLICE, server.address());
        eventually(() -> transfer.ended().isDone());

        assertThat(transfer.ended().join()).asString().contains("files").contains("catalog");
    }

    @Test
    void stateThatCannotBeTakenInEndsTheTransfer() throws Exception {
        WatchServer server = server(new TransferService(cluster.target(), text));
        StateTransfers transfers = opened(StateTransfers.start(
                cluster,
                (slice, chunk) -> {
                    throw new IllegalStateException("of a later version");
                },
                new ByteBudget(1 << 30),
                TransferTerms.STANDARD,
                time));

        Transfer transfer = transfers.acquire(SLICE, server.address());
        eventually(() -> transfer.ended().isDone());

        assertThat(transfer.ended().join()).asString().contains("of a later version");
    }

    private WatchServer server(BindableService service) throws Exception {
        return opened(WatchServer.start(cluster, "127.0.0.1:0", service));
    }

    private StateTransfers transfers(Cluster of, long bytesPerSecond) {
        TransferTerms terms = new TransferTerms(
                8,
                Duration.ofMillis(100),
                Duration.ofSeconds(60),
                Duration.ofMillis(100),
                Duration.ofSeconds(2),
                40,
                3);
        return opened(StateTransfers.start(
                of,
                (slice, chunk) -> acquired.append(StandardCharsets.US_ASCII.decode(chunk.payload())),
                new ByteBudget(bytesPerSecond),
                terms,
                time));
    }

    private void eventually(Callable<Boolean> condition) {
        Eventually.holds(condition, () -> time.advance(Duration.ofMillis(10)));
    }

    private <C extends AutoCloseable> C opened(C closeable) {
        open.push(closeable);
        return closeable;
    }

    private static final class Text implements StateProvider {
        private volatile String all;
        private volatile String released = "";
        private volatile Slice asked = Slice.ALL;

        Text(String all) {
            this.all = all;
        }

        void grow(String more) {
            all = all + more;
        }

        @Override
        public Cursor prepare(Slice slice) {
            asked = slice;
            return new Cursor("0");
        }

        @Override
        public StateReading read(Slice slice, Cursor cursor, int mostBytes) {
            String now = all;
            int from = Integer.parseInt(cursor.text());
            int to = Math.min(now.length(), from + mostBytes);
            return new StateReading.Chunk(
                    ByteBuffer.wrap(now.substring(from, to).getBytes(StandardCharsets.US_ASCII)),
                    new Cursor(Integer.toString(to)),
                    to == now.length());
        }

        @Override
        public void release(Slice slice, Cursor cursor) {
            released = cursor.text();
        }
    }
}
