package io.sluice.lake.store;

import com.azure.storage.blob.models.UserDelegationKey;
import io.sluice.lake.store.AzureConnection.Credentials;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The signers of one store. An identity signs with a delegation key, which is asked for once and kept for most of its
 * life. Safe for use by many threads.
 */
final class AzureUrlSigners {
    /** As long as a delegation key can live. */
    static final Duration LONGEST_LIFE = Duration.ofDays(7);

    /** Keys are asked for longer than the URL at hand needs, so that the next hours need no other. */
    private static final Duration KEY_LIFE = Duration.ofHours(12);

    /** The service's clock may be behind ours; a key that begins in its future opens nothing yet. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    /** Asks the service for a key; throws what the SDK throws. */
    interface Delegations {
        AzureDelegation ask(Instant start, Instant end);
    }

    private final AzureUrlSigner.Place place;
    private final Credentials credentials;
    private final Delegations delegations;
    private @Nullable AzureDelegation kept;

    AzureUrlSigners(AzureUrlSigner.Place place, Credentials credentials, Delegations delegations) {
        this.place = place;
        this.credentials = credentials;
        this.delegations = delegations;
    }

    static Delegations of(AzureClients clients) {
        return (start, end) -> delegation(
                clients.service().getUserDelegationKey(start.atOffset(ZoneOffset.UTC), end.atOffset(ZoneOffset.UTC)));
    }

    /** Empty for a store that is itself opened by a shared signature: it has no key, and must not be passed on. */
    Optional<UrlSigner> at(Instant now, Duration life) {
        UrlWindow window = UrlWindow.at(now, life, LONGEST_LIFE);
        if (credentials instanceof Credentials.AccountKey key)
            return Optional.of(AzureUrlSigner.byAccountKey(
                    place, window.end(), Base64.getDecoder().decode(key.key())));
        if (credentials instanceof Credentials.Sas) return Optional.empty();
        AzureDelegation key = keyUntil(window.end(), now);
        return Optional.of(
                AzureUrlSigner.byDelegation(place, window.endingBy(key.end()).end(), key));
    }

    private synchronized AzureDelegation keyUntil(Instant end, Instant now) {
        AzureDelegation current = kept;
        Instant limit = now.plus(LONGEST_LIFE);
        Instant needed = end.isBefore(limit) ? end : limit;
        if (current == null || current.end().isBefore(needed)) {
            Instant wanted = needed.plus(KEY_LIFE);
            current = delegations.ask(now.minus(CLOCK_SKEW), wanted.isBefore(limit) ? wanted : limit);
            kept = current;
        }
        return current;
    }

    private static AzureDelegation delegation(UserDelegationKey key) {
        return new AzureDelegation(
                key.getSignedObjectId(),
                key.getSignedTenantId(),
                key.getSignedStart().toInstant(),
                key.getSignedExpiry().toInstant(),
                key.getSignedService(),
                key.getSignedVersion(),
                Base64.getDecoder().decode(key.getValue()));
    }
}
