package io.sluice.lake.store;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The signers of one store: version 4 of Google's signed URLs, with RSA. Safe for use by many threads. */
final class GoogleUrlSigners {
    static final Duration LONGEST_LIFE = Duration.ofDays(7);

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final URI address;
    private final String path;

    /** @param prefix of the store's objects within the bucket */
    GoogleUrlSigners(URI address, String bucket, String prefix) {
        this.address = address;
        this.path = address.getRawPath().replaceFirst("/+$", "") + "/" + PercentEncoding.path(bucket + "/" + prefix);
    }

    UrlSigner at(Instant now, Duration life, GoogleSignatures signatures) {
        UrlWindow window = UrlWindow.at(now, life, LONGEST_LIFE);
        String time = TIME.format(window.start());
        String scope = time.substring(0, 8) + "/auto/storage/goog4_request";
        String query = "X-Goog-Algorithm=GOOG4-RSA-SHA256"
                + "&X-Goog-Credential=" + PercentEncoding.query(signatures.email() + "/" + scope)
                + "&X-Goog-Date=" + time
                + "&X-Goog-Expires=" + window.seconds()
                + "&X-Goog-SignedHeaders=host";
        return V4UrlSigner.of(
                new V4UrlSigner.Get(
                        address.getScheme().toLowerCase(Locale.ROOT), host(), path, query, "X-Goog-Signature"),
                window.end(),
                signatures.over("GOOG4-RSA-SHA256\n" + time + "\n" + scope + "\n"));
    }

    private String host() {
        return Hosts.header(address);
    }
}
