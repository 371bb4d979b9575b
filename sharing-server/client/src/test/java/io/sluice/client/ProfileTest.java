package io.sluice.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileTest {
    @TempDir
    Path folder;

    @Test
    void bothVersionsAreRead() throws IOException {
        Path file = folder.resolve("a.share");
        Files.writeString(
                file,
                "{\"shareCredentialsVersion\":1,\"endpoint\":\"https://h/delta-sharing/\",\"bearerToken\":\"secret\","
                        + "\"expirationTime\":\"2026-03-01T12:00:00.0+01:00\"}");
        Profile first = Profile.read(file);
        Profile second = Profile.parse("{\"shareCredentialsVersion\":2,\"type\":\"bearer_token\","
                + "\"endpoint\":\"https://h\",\"bearerToken\":\"t\",\"icebergEndpoint\":\"x\"}");

        assertThat(first.endpoint()).hasToString("https://h/delta-sharing");
        assertThat(first.expiresAt()).contains(Instant.parse("2026-03-01T11:00:00Z"));
        assertThat(second.expiresAt()).isEmpty();
        assertThat(first.toString()).doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense-secret",
                "{}",
                "{\"shareCredentialsVersion\":3}",
                "{\"shareCredentialsVersion\":1,\"endpoint\":\"https://h\"}",
                "{\"shareCredentialsVersion\":2,\"type\":\"basic\",\"endpoint\":\"https://h\",\"bearerToken\":\"t\"}",
                "{\"shareCredentialsVersion\":1,\"endpoint\":\"https://h\",\"bearerToken\":\"t\",\"expirationTime\":\"x\"}"
            })
    void othersAreRefusedWithoutQuotingTheFile(String json) {
        assertThatThrownBy(() -> Profile.parse(json))
                .isInstanceOf(IOException.class)
                .message()
                .startsWith("The profile")
                .doesNotContain("secret");
    }

    @Test
    void aTableIsNamedByItsLastTwoDots() {
        assertThat(TableRef.parse("a.b.c.d")).isEqualTo(new TableRef("a.b", "c", "d"));
        for (String wrong : new String[] {"a", "a.b", ".a.b", "a..b", "a.b."})
            assertThatThrownBy(() -> TableRef.parse(wrong)).isInstanceOf(IllegalArgumentException.class);
    }
}
