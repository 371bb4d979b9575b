package io.sluice.lake.store;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Signature Version 4 of Amazon: HMAC under a key of the day. */
final class S3Signatures {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private S3Signatures() {}

    static V4UrlSigner signer(
            S3Address address, UrlWindow window, String accessKey, Optional<String> sessionToken, S3SigningKey key) {
        String time = TIME.format(window.start());
        String query = "X-Amz-Algorithm=AWS4-HMAC-SHA256"
                + "&X-Amz-Credential=" + PercentEncoding.query(accessKey + "/" + key.scope())
                + "&X-Amz-Date=" + time
                + "&X-Amz-Expires=" + window.seconds()
                + sessionToken
                        .map(token -> "&X-Amz-Security-Token=" + PercentEncoding.query(token))
                        .orElse("")
                + "&X-Amz-SignedHeaders=host";
        return V4UrlSigner.of(
                new V4UrlSigner.Get(address.scheme(), address.host(), address.path(), query, "X-Amz-Signature"),
                window.end(),
                new Hmac(key.key().over("AWS4-HMAC-SHA256\n" + time + "\n" + key.scope() + "\n")));
    }

    private record Hmac(HmacSha256 key) implements V4UrlSigner.Signature {
        @Override
        public int bytes() {
            return Sha256.BYTES;
        }

        @Override
        public byte[] sign(byte[] digits, int offset, int length) {
            return key.sign(digits, offset, length);
        }
    }
}
