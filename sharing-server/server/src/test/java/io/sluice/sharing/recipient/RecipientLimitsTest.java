package io.sluice.sharing.recipient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import io.sluice.sharing.recipient.RecipientLimits.Bounds;
import io.sluice.sharing.recipient.RecipientLimits.Visit;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RecipientLimitsTest {
    private static final RecipientId ANN = RecipientId.random();
    private static final RecipientId BOB = RecipientId.random();

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000); // a clock may begin anywhere
    private final RecipientLimits limits = new RecipientLimits(new Bounds(10, 20, 3), nanos::get);

    @Test
    void aBurstIsLetInAndThenAsManyAsTheRate() {
        assertThat(letIn(ANN, 100)).isEqualTo(20);

        pass(Duration.ofMillis(500));
        assertThat(letIn(ANN, 100)).isEqualTo(5);

        pass(Duration.ofHours(10));
        assertThat(letIn(ANN, 100)).isEqualTo(20);
    }

    @Test
    void whoAsksTooMuchIsNoticedByNobodyElse() {
        letIn(ANN, 1_000);

        assertRefused(() -> limits.enter(ANN));
        assertThatCode(() -> limits.enter(BOB)).doesNotThrowAnyException();
    }

    @Test
    void onlySoManyAreAnsweredAtTheSameTime() {
        Visit first = limits.enter(ANN);
        limits.enter(ANN);
        limits.enter(ANN);
        assertRefused(() -> limits.enter(ANN));

        first.close();
        first.close();

        limits.enter(ANN);
        assertRefused(() -> limits.enter(ANN));
    }

    @Test
    void aLoopOfRefusedRequestsUsesUpItsTurns() {
        for (int i = 0; i < 3; i++) limits.enter(ANN);
        for (int i = 0; i < 17; i++) assertRefused(() -> limits.enter(ANN));

        assertThatThrownBy(() -> limits.enter(ANN)).hasMessageContaining("requests a second");
    }

    private int letIn(RecipientId recipient, int requests) {
        int in = 0;
        for (int i = 0; i < requests; i++) {
            try {
                limits.enter(recipient).close();
                in++;
            } catch (Failure e) {
                assertThat(e.kind()).isEqualTo(FailureKind.EXHAUSTED);
            }
        }
        return in;
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(FailureKind.EXHAUSTED));
    }
}
