package io.sluice.sharder.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sharder.Target;
import io.sluice.sharder.membership.Lookout;
import io.sluice.sharder.membership.PodNotice;
import io.sluice.sharder.membership.PodSighting;
import io.sluice.sharder.testkit.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LookoutPostTest {
    private static final PodNotice NEWS = new PodNotice(PodNotice.Kind.READY, PodSighting.of("10.0.0.1"));

    private final List<PodNotice> told = new CopyOnWriteArrayList<>();
    private final AtomicInteger attempts = new AtomicInteger();
    private final AtomicBoolean isClosed = new AtomicBoolean();

    @Test
    void whoSeesNothingAtFirstIsAskedAgainAndClosedInTheEnd() {
        Lookout third = listener -> {
            if (attempts.incrementAndGet() < 3) throw new IllegalStateException("no right to list pods");
            listener.accept(NEWS);
            return () -> isClosed.set(true);
        };
        try (LookoutPost post = LookoutPost.open(third, told::add, Duration.ofMillis(1), new Target("catalog"))) {
            Eventually.holds(() -> told.equals(List.of(NEWS)));
            assertThat(post).isNotNull();
        }
        Eventually.holds(isClosed::get);
        assertThat(attempts).hasValue(3);
    }

    @Test
    void nobodyWaitsForOneWhoDoesNotAnswer() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        Lookout slow = listener -> {
            awaitAnswer(answer);
            return () -> isClosed.set(true);
        };
        // Both return although nothing was answered yet.
        LookoutPost.open(slow, told::add, new Target("catalog")).close();
        assertThat(isClosed).isFalse();

        answer.countDown();
        Eventually.holds(isClosed::get);
    }

    private static void awaitAnswer(CountDownLatch answer) {
        try {
            answer.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
