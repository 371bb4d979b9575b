package io.sluice.catalog.vending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.catalog.vending.VendedCredentials.AwsSession;
import io.sluice.model.failure.Failure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CredentialVendorTest {
    private static final Optional<AwsRole> ROLE = Optional.of(new AwsRole("arn:aws:iam::123456789012:role/a", "x"));

    private final AtomicInteger asked = new AtomicInteger();
    private final TickingClock clock = new TickingClock();
    private final CredentialVendor vendor = new CredentialVendor(
            (role, access, location) -> new AwsSession(
                    location,
                    "AKIA" + asked.incrementAndGet(),
                    "secret",
                    "token",
                    clock.instant().plus(Duration.ofHours(1))),
            clock);

    @Test
    void aSessionIsHandedOutAgainForFourFifthsOfItsLife() {
        VendedCredentials first = vendor.vend(Access.READ, "s3://lake/a", ROLE);
        clock.pass(Duration.ofMinutes(47));
        assertThat(vendor.vend(Access.READ, "s3://lake/a", ROLE)).isEqualTo(first);
        clock.pass(Duration.ofMinutes(2));
        assertThat(vendor.vend(Access.READ, "s3://lake/a", ROLE)).isNotEqualTo(first);
    }

    @Test
    void anotherFolderOrMoreRightsIsAnotherSession() {
        VendedCredentials first = vendor.vend(Access.READ, "s3://lake/a", ROLE);
        assertThat(vendor.vend(Access.READ_WRITE, "s3://lake/a", ROLE)).isNotEqualTo(first);
        assertThat(vendor.vend(Access.READ, "s3://lake/ab", ROLE)).isNotEqualTo(first);
        assertThat(asked).hasValue(3);
    }

    @Test
    void withoutARoleNothingIsHandedOut() {
        assertThatThrownBy(() -> vendor.vend(Access.READ, "s3://lake/a", Optional.empty()))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("external location");
        assertThatThrownBy(() -> vendor.vend(Access.READ, "abfss://lake/a", ROLE))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("abfss");
    }

    @Test
    void aSessionDoesNotPrintItsSecrets() {
        assertThat(vendor.vend(Access.READ, "s3://lake/a", ROLE).toString()).doesNotContain("secret", "token");
    }

    private static final class TickingClock extends Clock {
        private Instant now = Instant.parse("2026-11-21T12:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
