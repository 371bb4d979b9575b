package io.sluice.sharder.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ClusterSecretTest {
    @Test
    void onlyTheSameSecretMatches() {
        ClusterSecret secret = ClusterSecret.of("known-to-all-pods");

        assertThat(secret.matches("known-to-all-pods")).isTrue();
        assertThat(secret.matches("known-to-all-podz")).isFalse();
        assertThat(secret.matches("")).isFalse();
        assertThat(ClusterSecret.random().expose())
                .isNotEqualTo(ClusterSecret.random().expose());
    }

    @Test
    void aSecretPrintsNothingOfItself() {
        assertThat(ClusterSecret.of("known-to-all-pods")).hasToString("cluster secret of 17 characters");
    }

    @Test
    void secretsThatCanBeGuessedOrDoNotFitAHeaderAreRefused() {
        assertThatThrownBy(() -> ClusterSecret.of("short")).hasMessageContaining("at least 16");
        assertThatThrownBy(() -> ClusterSecret.of("line\nbreaks are not for headers"))
                .hasMessageContaining("printable ASCII");
    }
}
