package io.sluice.catalog.access;

import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.UnresolvableKeyException;
import org.jspecify.annotations.Nullable;

/**
 * Verifies tokens of issuers that are named while the server runs: signature, issuer and times. For whom a token was
 * made and whom it names is for the asker to judge. Unlike {@link TrustedIssuers} it must bear issuers that nobody of
 * ours chose with care: one that cannot be reached is left alone for a while, and callers do not wait for it in line.
 * Safe for many threads.
 */
public final class IssuedTokens {
    private static final int LONGEST_TOKEN = 16_384;
    private static final int MOST_ISSUERS = 1_000;
    private static final int MOST_REMEMBERED = 10_000;
    /** A key that its issuer withdraws is believed no longer than this. */
    private static final Duration REMEMBERED = Duration.ofMinutes(5);

    private static final Duration LEFT_ALONE = Duration.ofSeconds(5);
    private static final int SKEW_SECONDS = 30;

    private final Map<String, Source> sources = bounded(MOST_ISSUERS);
    private final Map<String, Issued> verified = bounded(MOST_REMEMBERED);
    private final Clock clock;

    public IssuedTokens(Clock clock) {
        this.clock = clock;
    }

    /**
     * What the issuer says.
     *
     * @param claims those that are texts or lists of texts; a single text is a list of one
     * @param until when it has to be verified anew, in epoch milliseconds
     */
    public record Issued(String issuer, List<String> audiences, Map<String, List<String>> claims, long until) {}

    /** @param believed asked before the issuer is called */
    public Issued verify(String token, Predicate<String> believed) {
        if (token.length() > LONGEST_TOKEN) throw refused("it is too long");
        String issuer = issuerOf(token);
        if (!believed.test(issuer)) throw refused("its issuer is not trusted here");
        String digest = BearerToken.digest(token);
        Issued known = remembered(digest);
        if (known != null && known.until() > clock.millis()) return known;
        Issued issued = source(issuer).verify(token, clock);
        synchronized (verified) {
            verified.put(digest, issued);
        }
        return issued;
    }

    private static String issuerOf(String token) {
        try {
            String issuer = TrustedIssuers.UNVERIFIED.processToClaims(token).getIssuer();
            if (issuer != null) return issuer;
        } catch (InvalidJwtException | MalformedClaimException e) {
            // Told below, like a token without an issuer.
        }
        throw refused("it is not a signed JWT of an issuer");
    }

    private @Nullable Issued remembered(String digest) {
        synchronized (verified) {
            return verified.get(digest);
        }
    }

    private Source source(String issuer) {
        synchronized (sources) {
            return sources.computeIfAbsent(issuer, Source::new);
        }
    }

    private static Failure refused(String why) {
        return Failure.unauthenticated("The bearer token is refused: %s. Get a new one of your issuer.", why);
    }

    /** Lets go of what was not used for longest. */
    private static <T> Map<String, T> bounded(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
                return size() > most;
            }
        };
    }

    /** One issuer: its keys, or since when they cannot be had. */
    private static final class Source {
        private final String issuer;
        private final IssuerKeys keys;
        private volatile boolean isReached;
        private @Nullable Failure unreachable;
        private long askAgainMillis;

        Source(String issuer) {
            this.issuer = issuer;
            this.keys = new IssuerKeys(issuer, Optional.empty());
        }

        Issued verify(String token, Clock clock) {
            // Until the keys were had once, one thread asks and the others take what it found.
            return isReached ? check(token, clock) : checkFirst(token, clock);
        }

        private synchronized Issued checkFirst(String token, Clock clock) {
            if (isReached) return check(token, clock);
            if (unreachable != null && clock.millis() < askAgainMillis) throw unreachable;
            try {
                Issued issued = check(token, clock);
                isReached = true;
                return issued;
            } catch (Failure e) {
                if (e.kind() == FailureKind.UNAVAILABLE) {
                    unreachable = e;
                    askAgainMillis = clock.millis() + LEFT_ALONE.toMillis();
                }
                throw e;
            }
        }

        private Issued check(String token, Clock clock) {
            var consumer = new JwtConsumerBuilder()
                    .setVerificationKeyResolver(keys.resolver())
                    .setJwsAlgorithmConstraints(TrustedIssuers.PUBLIC_KEY_SIGNATURES)
                    .setExpectedIssuer(true, issuer)
                    .setSkipDefaultAudienceValidation()
                    .setRequireExpirationTime()
                    .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
                    .setAllowedClockSkewInSeconds(SKEW_SECONDS)
                    .build();
            try {
                return issued(consumer.processToClaims(token), clock.millis());
            } catch (InvalidJwtException e) {
                throw told(e);
            } catch (MalformedClaimException e) {
                throw refused("a claim has the wrong type");
            }
        }

        private Issued issued(JwtClaims claims, long now) throws MalformedClaimException {
            Map<String, List<String>> texts = new HashMap<>();
            for (String claim : claims.getClaimNames()) {
                if (claims.isClaimValueString(claim)) texts.put(claim, List.of(claims.getStringClaimValue(claim)));
                else if (claims.isClaimValueStringList(claim))
                    texts.put(claim, List.copyOf(claims.getStringListClaimValue(claim)));
            }
            List<String> audiences = claims.hasAudience() ? List.copyOf(claims.getAudience()) : List.of();
            long expires = claims.getExpirationTime().getValueInMillis();
            return new Issued(issuer, audiences, Map.copyOf(texts), Math.min(expires, now + REMEMBERED.toMillis()));
        }

        private Failure told(InvalidJwtException e) {
            if (e.getCause() instanceof UnresolvableKeyException unresolvable && unresolvable.getCause() != null)
                return Failure.unavailable(e, "The keys of issuer %s cannot be fetched. Try again.", issuer);
            return refused(e.hasExpired() ? "it has expired" : "its signature or its times do not hold");
        }
    }
}
