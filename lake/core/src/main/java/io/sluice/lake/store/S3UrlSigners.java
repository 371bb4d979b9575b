package io.sluice.lake.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/**
 * The signers of one store. Keeps the last signer and the last signing key: nearly all who ask within a bucket of time
 * ask for the same. Safe for use by many threads.
 */
final class S3UrlSigners {
    static final Duration LONGEST_LIFE = Duration.ofDays(7);

    private final AwsCredentialsProvider credentials;
    private final String region;
    private final S3Address address;
    private volatile @Nullable Kept kept;

    S3UrlSigners(AwsCredentialsProvider credentials, String region, S3Address address) {
        this.credentials = credentials;
        this.region = region;
        this.address = address;
    }

    /** Empty when the credentials end before a URL could be of use. */
    Optional<UrlSigner> at(Instant now, Duration life) {
        AwsCredentials current = credentials.resolveCredentials();
        UrlWindow asked = UrlWindow.at(now, life, LONGEST_LIFE);
        UrlWindow window = current.expirationTime().map(asked::endingBy).orElse(asked);
        if (!window.end().isAfter(now)) return Optional.empty();
        Kept last = kept;
        if (last != null && last.isFor(current, window)) return Optional.of(last.signer);
        S3SigningKey key = last != null && last.signsOn(current, window)
                ? last.key
                : S3SigningKey.derive(current.secretAccessKey(), window.start(), region);
        Kept next = new Kept(
                current, window, key, S3Signatures.signer(address, window, current.accessKeyId(), token(current), key));
        kept = next;
        return Optional.of(next.signer);
    }

    private static Optional<String> token(AwsCredentials credentials) {
        return credentials instanceof AwsSessionCredentials session
                ? Optional.of(session.sessionToken())
                : Optional.empty();
    }

    // Not a record: it would print its credentials.
    private static final class Kept {
        private final AwsCredentials credentials;
        private final UrlWindow window;
        private final S3SigningKey key;
        private final V4UrlSigner signer;

        Kept(AwsCredentials credentials, UrlWindow window, S3SigningKey key, V4UrlSigner signer) {
            this.credentials = credentials;
            this.window = window;
            this.key = key;
            this.signer = signer;
        }

        boolean isFor(AwsCredentials current, UrlWindow asked) {
            return signsOn(current, asked) && window.equals(asked);
        }

        boolean signsOn(AwsCredentials current, UrlWindow asked) {
            return credentials.equals(current) && key.day().equals(S3SigningKey.dayOf(asked.start()));
        }
    }
}
