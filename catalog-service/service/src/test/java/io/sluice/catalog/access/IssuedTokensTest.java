package io.sluice.catalog.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tokens of issuers that recipients brought along, the hostile ones among them. */
final class IssuedTokensTest {
    private static final long NOW = 1_800_000_000_000L;
    private static final String ANN = "ann@example.com";

    private final FakeIssuer issuer = new FakeIssuer();
    private final IssuedTokens tokens = new IssuedTokens(Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC));

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void whatTheIssuerSignedIsTold() {
        JwtClaims claims = claims();
        claims.setStringListClaim("groups", List.of("readers", "staff"));
        claims.setClaim("level", 7);

        IssuedTokens.Issued issued = verify(issuer.sign(claims));

        assertThat(issued.issuer()).isEqualTo(issuer.url());
        assertThat(issued.audiences()).containsExactly(FakeIssuer.AUDIENCE);
        assertThat(issued.claims())
                .containsEntry("sub", List.of("subject-of-" + ANN))
                .containsEntry("groups", List.of("readers", "staff"))
                .doesNotContainKey("level");
    }

    @Test
    void anIssuerThatNobodyBelievesIsNotEvenAsked() {
        assertRefused(() -> tokens.verify(issuer.sign(claims()), name -> false));
        assertThat(issuer.keyRequests()).isZero();
    }

    @Test
    void whatWasVerifiedIsRefusedAsSoonAsItsIssuerIsNotBelieved() {
        String token = issuer.sign(claims());
        verify(token);
        assertRefused(() -> tokens.verify(token, name -> false));
    }

    @Test
    void aTokenMayExpireHalfAMinuteAgoAndNotLonger() {
        verify(issuer.sign(issuer.claims(ANN, NOW - 3_600_000 - 20_000)));
        assertRefused(() -> verify(issuer.sign(issuer.claims(ANN, NOW - 3_600_000 - 40_000))));
        JwtClaims endless = claims();
        endless.unsetClaim("exp");
        assertRefused(() -> verify(issuer.sign(endless)));
    }

    @Test
    void forgeriesAreRefused() throws JoseException {
        RsaJsonWebKey stranger = RsaJwkGenerator.generateJwk(2048);
        stranger.setKeyId("first");
        JsonWebSignature shared = new JsonWebSignature();
        shared.setPayload(claims().toJson());
        shared.setKey(new HmacKey(new byte[32]));
        shared.setKeyIdHeaderValue("first");
        shared.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        String sharedSecret = shared.getCompactSerialization();
        String unsigned = encoded("{\"alg\":\"none\"}") + "." + encoded(claims().toJson()) + ".";

        assertRefused(() -> verify(issuer.signed(claims(), stranger)));
        assertRefused(() -> verify(sharedSecret));
        assertRefused(() -> verify(unsigned));
        for (String nonsense : List.of("", "a.b.c", "eyJ.eyJ.", "ey" + "x".repeat(20_000) + ".a.b"))
            assertRefused(() -> verify(nonsense));
    }

    @Test
    void aFloodOfUnknownKeysDoesNotReachTheIssuerAndGoodTokensGoOn() throws JoseException {
        RsaJsonWebKey stranger = RsaJwkGenerator.generateJwk(2048);
        for (int i = 0; i < 20; i++) {
            stranger.setKeyId("unknown-" + i);
            String token = issuer.signed(claims(), stranger);
            assertRefused(() -> verify(token));
        }
        verify(issuer.sign(claims()));
        assertThat(issuer.keyRequests()).isLessThanOrEqualTo(3);
    }

    @Test
    void anIssuerThatCannotBeReachedIsLeftAloneForAWhile() {
        String first = issuer.sign(claims());
        String second = issuer.sign(issuer.claims("bob@example.com", NOW));
        issuer.claimToBe("https://login.example.org");
        assertKind(FailureKind.UNAVAILABLE, () -> verify(first));
        // It answers well again, and is asked again only after a pause.
        issuer.claimToBe(issuer.url());
        assertKind(FailureKind.UNAVAILABLE, () -> verify(second));
    }

    private IssuedTokens.Issued verify(String token) {
        return tokens.verify(token, issuer.url()::equals);
    }

    private JwtClaims claims() {
        return issuer.claims(ANN, NOW);
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertRefused(ThrowingCallable call) {
        assertKind(FailureKind.UNAUTHENTICATED, call);
    }

    private static void assertKind(FailureKind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }
}
