package io.sluice.catalog.access;

import io.sluice.model.failure.Failure;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.UnresolvableKeyException;
import org.jspecify.annotations.Nullable;

/**
 * Verifies tokens of OpenID Connect: signature by a public key of the issuer, exact issuer and audience, times. What was
 * verified is remembered for a while, so that a caller costs one signature check in minutes, not one in each request.
 */
public final class TrustedIssuers {
    /** A key that its issuer withdraws is believed no longer than this. */
    private static final Duration REMEMBERED = Duration.ofMinutes(5);

    private static final int MOST_REMEMBERED = 10_000;
    private static final int LONGEST_TOKEN = 16_384;

    static final AlgorithmConstraints PUBLIC_KEY_SIGNATURES = new AlgorithmConstraints(
            AlgorithmConstraints.ConstraintType.PERMIT,
            AlgorithmIdentifiers.RSA_USING_SHA256,
            AlgorithmIdentifiers.RSA_USING_SHA384,
            AlgorithmIdentifiers.RSA_USING_SHA512,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA384,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA512,
            AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
            AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384,
            AlgorithmIdentifiers.ECDSA_USING_P521_CURVE_AND_SHA512,
            AlgorithmIdentifiers.EDDSA);

    static final JwtConsumer UNVERIFIED = new JwtConsumerBuilder()
            .setSkipAllValidators()
            .setDisableRequireSignature()
            .setSkipSignatureVerification()
            .build();

    private final Map<String, Issuer> byName = new HashMap<>();
    private final Map<String, Remembered> remembered = new ConcurrentHashMap<>();
    private final Clock clock;

    public TrustedIssuers(List<TrustedIssuer> issuers, Clock clock) {
        this.clock = clock;
        for (TrustedIssuer issuer : issuers)
            byName.put(issuer.issuer(), new Issuer(issuer, new IssuerKeys(issuer.issuer(), issuer.keys())));
    }

    /** Whether the text is a token that some issuer may have made, rather than one of our own. */
    boolean mayBeTheirs(String token) {
        return !byName.isEmpty() && token.startsWith("ey") && token.indexOf('.') != token.lastIndexOf('.');
    }

    /** Whether the token says that it was made for us by an issuer of ours. What it says is not verified. */
    boolean isForUs(String token) {
        if (!mayBeTheirs(token)) return false;
        try {
            JwtClaims claims = UNVERIFIED.processToClaims(token);
            Issuer issuer = byName.get(String.valueOf(claims.getIssuer()));
            return issuer != null && claims.getAudience().contains(issuer.trusted.audience());
        } catch (InvalidJwtException | MalformedClaimException e) {
            return false;
        }
    }

    /** What is known of a token without asking anybody; null when it was not verified lately. */
    @Nullable
    Identity fromMemory(String digest) {
        Remembered known = remembered.get(digest);
        if (known == null || known.until <= clock.millis()) return null;
        return known.identity;
    }

    /** Throws {@code UNAUTHENTICATED}, or {@code UNAVAILABLE} when the issuer's keys cannot be had. */
    public Identity verify(String token) {
        String digest = BearerToken.digest(token);
        Identity known = fromMemory(digest);
        if (known != null) return known;
        Issuer issuer = issuerOf(token);
        Identity identity = issuer.verify(token, clock);
        remember(digest, identity);
        return identity;
    }

    private Issuer issuerOf(String token) {
        if (token.length() > LONGEST_TOKEN) throw refused("it is too long");
        try {
            String name = UNVERIFIED.processToClaims(token).getIssuer();
            Issuer issuer = name == null ? null : byName.get(name);
            if (issuer == null) throw refused("its issuer is not trusted here");
            return issuer;
        } catch (InvalidJwtException | MalformedClaimException e) {
            throw refused("it is not a signed JWT");
        }
    }

    private void remember(String digest, Identity identity) {
        long now = clock.millis();
        if (remembered.size() >= MOST_REMEMBERED) remembered.values().removeIf(entry -> entry.until <= now);
        // Still full of live ones: the newcomer is verified each time.
        if (remembered.size() < MOST_REMEMBERED)
            remembered.put(
                    digest, new Remembered(identity, Math.min(identity.expiresAt(), now + REMEMBERED.toMillis())));
    }

    private static Failure refused(String why) {
        return Failure.unauthenticated("The bearer token is refused: %s. Sign in again.", why);
    }

    private record Remembered(Identity identity, long until) {}

    private record Issuer(TrustedIssuer trusted, IssuerKeys keys) {
        Identity verify(String token, Clock clock) {
            JwtConsumer consumer = new JwtConsumerBuilder()
                    .setVerificationKeyResolver(keys.resolver())
                    .setJwsAlgorithmConstraints(PUBLIC_KEY_SIGNATURES)
                    .setExpectedIssuer(true, trusted.issuer())
                    .setExpectedAudience(true, trusted.audience())
                    .setRequireExpirationTime()
                    .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
                    .setAllowedClockSkewInSeconds((int) trusted.clockSkew().toSeconds())
                    .build();
            try {
                JwtClaims claims = consumer.processToClaims(token);
                return new Identity(
                        principal(claims),
                        groups(claims),
                        claims.getExpirationTime().getValueInMillis());
            } catch (InvalidJwtException e) {
                throw told(e);
            } catch (MalformedClaimException e) {
                throw refused("a claim has the wrong type");
            }
        }

        private Failure told(InvalidJwtException e) {
            if (e.getCause() instanceof UnresolvableKeyException unresolvable && unresolvable.getCause() != null)
                return Failure.unavailable(e, "The keys of issuer %s cannot be fetched. Try again.", trusted.issuer());
            if (e.hasExpired()) return refused("it has expired");
            if (e.hasErrorCode(ErrorCodes.AUDIENCE_INVALID) || e.hasErrorCode(ErrorCodes.AUDIENCE_MISSING))
                return refused("it was made for another audience");
            return refused("its signature or its times do not hold");
        }

        private String principal(JwtClaims claims) throws MalformedClaimException {
            if (trusted.principalClaim().isPresent()) {
                String claim = trusted.principalClaim().get();
                String named = claims.getStringClaimValue(claim);
                if (named == null || named.isBlank()) throw refused("it has no claim " + claim);
                return named;
            }
            String email = claims.getStringClaimValue("email");
            // Whoever could write any address into their profile could become anybody.
            if (email != null && !Boolean.FALSE.equals(claims.getClaimValue("email_verified"))) return email;
            String subject = claims.getSubject();
            if (subject == null || subject.isBlank()) throw refused("it names nobody");
            return subject;
        }

        private List<String> groups(JwtClaims claims) throws MalformedClaimException {
            if (trusted.groupsClaim().isEmpty()
                    || !claims.hasClaim(trusted.groupsClaim().get())) return List.of();
            return List.copyOf(
                    claims.getStringListClaimValue(trusted.groupsClaim().get()));
        }
    }
}
