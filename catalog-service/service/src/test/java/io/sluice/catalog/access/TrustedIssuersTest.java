package io.sluice.catalog.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
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

final class TrustedIssuersTest {
    private static final long NOW = 1_800_000_000_000L;
    private static final String ANN = "ann@example.com";

    private final FakeIssuer issuer = new FakeIssuer();
    private final TrustedIssuers trusted = believing(Optional.empty(), Optional.of("groups"));

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void aTokenOfTheIssuerNamesItsBearer() {
        assertThat(trusted.verify(issuer.sign(claims())).principal()).isEqualTo(ANN);
    }

    @Test
    void groupsAreBelievedFromTheConfiguredClaimOnly() {
        JwtClaims claims = claims();
        claims.setStringListClaim("groups", List.of("analysts", "auditors"));
        String token = issuer.sign(claims);

        assertThat(trusted.verify(token).groups()).containsExactly("analysts", "auditors");
        assertThat(believing(Optional.empty(), Optional.empty()).verify(token).groups())
                .isEmpty();
    }

    @Test
    void anAddressThatTheIssuerDidNotVerifyNamesNobody() {
        JwtClaims claims = claims();
        claims.setClaim("email_verified", false);
        assertThat(trusted.verify(issuer.sign(claims)).principal()).isEqualTo("subject-of-" + ANN);
    }

    @Test
    void aConfiguredClaimThatIsMissingIsNotReplacedByAnother() {
        assertRefused(() -> believing(Optional.of("upn"), Optional.empty()).verify(issuer.sign(claims())));
    }

    @Test
    void anotherAudienceIsRefused() {
        JwtClaims claims = claims();
        claims.setAudience("sluice-of-somebody-else");
        assertRefused(() -> trusted.verify(issuer.sign(claims)));
    }

    @Test
    void aTokenWithoutAudienceIsRefused() {
        JwtClaims claims = claims();
        claims.unsetClaim("aud");
        assertRefused(() -> trusted.verify(issuer.sign(claims)));
    }

    @Test
    void anIssuerThatDiffersByASlashIsRefused() {
        JwtClaims claims = claims();
        claims.setIssuer(issuer.url() + "/");
        assertRefused(() -> trusted.verify(issuer.sign(claims)));
    }

    @Test
    void aTokenThatExpiredOrNeverExpiresIsRefused() {
        JwtClaims expired = issuer.claims(ANN, NOW - 2 * 3_600_000);
        JwtClaims endless = claims();
        endless.unsetClaim("exp");
        assertRefused(() -> trusted.verify(issuer.sign(expired)));
        assertRefused(() -> trusted.verify(issuer.sign(endless)));
    }

    @Test
    void aKeyThatTheIssuerDoesNotPublishIsRefused() throws JoseException {
        RsaJsonWebKey stranger = RsaJwkGenerator.generateJwk(2048);
        stranger.setKeyId("first");
        assertRefused(() -> trusted.verify(issuer.signed(claims(), stranger)));
    }

    @Test
    void aTokenWithoutSignatureIsRefused() {
        assertRefused(() -> trusted.verify(encoded("{\"alg\":\"none\"}") + "." + encoded(claims().toJson()) + "."));
    }

    @Test
    void aSignatureWithAPublicKeyAsSharedSecretIsRefused() throws JoseException {
        JsonWebSignature forged = new JsonWebSignature();
        forged.setPayload(claims().toJson());
        forged.setKey(new HmacKey(new byte[32]));
        forged.setKeyIdHeaderValue("first");
        forged.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        String token = forged.getCompactSerialization();
        assertRefused(() -> trusted.verify(token));
    }

    @Test
    void aRotatedKeyIsFetchedWhenATokenNamesIt() {
        TrustedIssuers fresh = believing(Optional.empty(), Optional.empty());
        issuer.rotate("second");
        assertThat(fresh.verify(issuer.sign(claims())).principal()).isEqualTo(ANN);
    }

    @Test
    void tokensOfUnknownKeysDoNotMakeUsAskTheIssuerEachTime() throws JoseException {
        trusted.verify(issuer.sign(claims()));
        RsaJsonWebKey stranger = RsaJwkGenerator.generateJwk(2048);
        for (int i = 0; i < 20; i++) {
            stranger.setKeyId("unknown-" + i);
            String token = issuer.signed(claims(), stranger);
            assertRefused(() -> trusted.verify(token));
        }
        assertThat(issuer.keyRequests()).isLessThanOrEqualTo(3);
    }

    @Test
    void whatWasVerifiedIsAnsweredFromMemory() {
        String token = issuer.sign(claims());
        assertThat(trusted.fromMemory(BearerToken.digest(token))).isNull();
        trusted.verify(token);
        int asked = issuer.keyRequests();
        issuer.close();

        assertThat(trusted.verify(token).principal()).isEqualTo(ANN);
        assertThat(issuer.keyRequests()).isEqualTo(asked);
    }

    @Test
    void aDiscoveryDocumentOfAnotherIssuerIsNotBelieved() {
        issuer.claimToBe("https://login.example.org");
        assertKind(FailureKind.UNAVAILABLE, () -> trusted.verify(issuer.sign(claims())));
    }

    @Test
    void anIssuerThatCannotBeReachedIsNoReasonToSayThatTheTokenIsBad() {
        String token = issuer.sign(claims());
        issuer.close();
        assertKind(FailureKind.UNAVAILABLE, () -> trusted.verify(token));
    }

    @Test
    void anythingElseIsRefused() {
        for (String token : List.of("", "a.b.c", "eyJ.eyJ.", "ey" + "x".repeat(20_000) + ".a.b"))
            assertRefused(() -> trusted.verify(token));
    }

    private JwtClaims claims() {
        return issuer.claims(ANN, NOW);
    }

    private TrustedIssuers believing(Optional<String> principalClaim, Optional<String> groupsClaim) {
        return new TrustedIssuers(
                List.of(new TrustedIssuer(
                        issuer.url(),
                        FakeIssuer.AUDIENCE,
                        Optional.empty(),
                        principalClaim,
                        groupsClaim,
                        Duration.ofSeconds(30))),
                Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC));
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
