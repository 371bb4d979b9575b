package io.sluice.catalog.vending;

import static io.sluice.catalog.vending.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.catalog.vending.StorageIdentity.GoogleServiceAccount;
import io.sluice.catalog.vending.VendedCredentials.GoogleToken;
import io.sluice.model.failure.FailureKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of Google, against services that verify each assertion and evaluate each boundary. */
class GoogleDownscopingTest {
    private static final GoogleServiceAccount ACCOUNT = new GoogleServiceAccount(FakeGoogle.EMAIL);

    @TempDir
    private Path secrets;

    private CloudsForTests clouds;

    @BeforeEach
    void start() throws Exception {
        clouds = new CloudsForTests(secrets);
    }

    @AfterEach
    void stop() {
        clouds.close();
    }

    @Test
    void aTokenOpensItsFolderAndNoOther() {
        String token = token(Access.READ, "gs://lake/retail/orders").oauthToken();

        assertThat(clouds.google.reads(token, "lake", "retail/orders/part-1")).isTrue();
        assertThat(clouds.google.lists(token, "lake", "retail/orders/")).isTrue();
        assertThat(clouds.google.reads(token, "lake", "retail/orders2/part-1")).isFalse();
        assertThat(clouds.google.reads(token, "other", "retail/orders/part-1")).isFalse();
        assertThat(clouds.google.lists(token, "lake", "retail/")).isFalse();
        assertThat(clouds.google.writes(token, "lake", "retail/orders/part-1")).isFalse();
    }

    @Test
    void writersWriteThereAlone() {
        String token = token(Access.READ_WRITE, "gs://lake/retail/orders").oauthToken();
        assertThat(clouds.google.writes(token, "lake", "retail/orders/part-1")).isTrue();
        assertThat(clouds.google.writes(token, "lake", "retail/returns/part-1")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x') || resource.name.startsWith('projects",
                "x\") || true || resource.name.startsWith(\"",
                "it's' || true || '",
                "') || ('' == '"
            })
    void anExpressionInANameIsNoExpression(String name) {
        String token = token(Access.READ_WRITE, "gs://lake/" + name).oauthToken();
        assertThat(clouds.google.reads(token, "lake", name + "/part-1")).isTrue();
        assertThat(clouds.google.reads(token, "lake", "other/part-1")).isFalse();
        assertThat(clouds.google.writes(token, "lake", "other/part-1")).isFalse();
        assertThat(clouds.google.lists(token, "lake", "other/")).isFalse();
    }

    @Test
    void aConfinedTokenLivesNoLongerThanTheOneItIsMadeFrom() {
        assertThat(token(Access.READ, "gs://lake/a").expires())
                .isEqualTo(TickingClock.START.plus(Duration.ofSeconds(2400)));
        clouds.google.keepQuietAboutTheLifeOfConfinedTokens();
        assertThat(token(Access.READ, "gs://lake/a").expires())
                .isEqualTo(TickingClock.START.plus(Duration.ofSeconds(3000)));
    }

    @Test
    void aKeyFileOfSomebodyElseOrNoneIsToldWithoutItsText() throws Exception {
        Path file = secrets.resolve(FakeGoogle.EMAIL);
        Files.writeString(file, FakeGoogle.keyFile().replace(FakeGoogle.EMAIL, "other@project.iam"));
        assertRefused(FailureKind.INVALID, () -> token(Access.READ, "gs://lake/a"))
                .hasMessageContaining("key file")
                .hasMessageNotContaining("PRIVATE");
        Files.writeString(file, "{\"private_key\": \"secret-text\"");
        assertRefused(FailureKind.INVALID, () -> token(Access.READ, "gs://lake/a"))
                .hasMessageNotContaining("secret-text")
                .hasNoCause();
        assertThat(clouds.google.requests()).isZero();
    }

    @Test
    void aRefusalIsDeniedAndAFailureIsUnavailable() {
        clouds.google.answerAlways(400, "{\"error\":\"invalid_grant\"}");
        assertRefused(FailureKind.DENIED, () -> token(Access.READ, "gs://lake/a"))
                .hasMessageContaining("invalid_grant");
        clouds.google.answerAlways(502, "<html>");
        assertRefused(FailureKind.UNAVAILABLE, () -> token(Access.READ, "gs://lake/a"));
        clouds.google.answerAlways(200, "no json, but a token");
        assertRefused(FailureKind.UNAVAILABLE, () -> token(Access.READ, "gs://lake/a"))
                .hasMessageNotContaining("token\"");
    }

    @Test
    void whatCannotBeConfinedIsNotAskedFor() {
        assertRefused(FailureKind.INVALID, () -> token(Access.READ, "gs://lake/" + "a".repeat(2000)));
        assertThat(clouds.google.requests()).isZero();
    }

    private GoogleToken token(Access access, String location) {
        return (GoogleToken) clouds.issue(ACCOUNT, access, location);
    }
}
