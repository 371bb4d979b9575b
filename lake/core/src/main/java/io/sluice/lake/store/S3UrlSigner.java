package io.sluice.lake.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * Signature Version 4 in the query of a GET. Of a table's URLs only the key and the signature differ; everything else
 * is spelled, and everything that comes before the key is digested, once for all of them.
 */
final class S3UrlSigner implements UrlSigner {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final byte[] SIGNATURE = "&X-Amz-Signature=".getBytes(US_ASCII);
    private static final int SIGNATURE_BYTES = 2 * Sha256.BYTES;

    private final Instant expiresAt;
    private final HmacSha256 signature;
    private final MessageDigest requestBeforeKey;
    private final byte[] requestBehindKey;
    private final byte[] urlBeforeKey;
    private final byte[] query;

    private S3UrlSigner(
            Instant expiresAt,
            HmacSha256 signature,
            MessageDigest requestBeforeKey,
            byte[] requestBehindKey,
            byte[] urlBeforeKey,
            byte[] query) {
        this.expiresAt = expiresAt;
        this.signature = signature;
        this.requestBeforeKey = requestBeforeKey;
        this.requestBehindKey = requestBehindKey;
        this.urlBeforeKey = urlBeforeKey;
        this.query = query;
    }

    static S3UrlSigner of(
            S3Address address, UrlWindow window, String accessKey, Optional<String> sessionToken, S3SigningKey key) {
        String time = TIME.format(window.start());
        // In the order of the names, as the signature wants it.
        String query = "X-Amz-Algorithm=AWS4-HMAC-SHA256"
                + "&X-Amz-Credential=" + PercentEncoding.query(accessKey + "/" + key.scope())
                + "&X-Amz-Date=" + time
                + "&X-Amz-Expires=" + window.seconds()
                + sessionToken
                        .map(token -> "&X-Amz-Security-Token=" + PercentEncoding.query(token))
                        .orElse("")
                + "&X-Amz-SignedHeaders=host";
        MessageDigest request = Sha256.begin();
        request.update(("GET\n" + address.path()).getBytes(US_ASCII));
        return new S3UrlSigner(
                window.end(),
                key.key().over("AWS4-HMAC-SHA256\n" + time + "\n" + key.scope() + "\n"),
                request,
                ("\n" + query + "\nhost:" + address.host() + "\n\nhost\nUNSIGNED-PAYLOAD").getBytes(US_ASCII),
                (address.scheme() + "://" + address.host() + address.path()).getBytes(US_ASCII),
                ("?" + query).getBytes(US_ASCII));
    }

    @Override
    public Instant expiresAt() {
        return expiresAt;
    }

    @Override
    public UrlSigner below(String folder) {
        byte[] path = PercentEncoding.path(ObjectKeys.check(folder) + "/").getBytes(US_ASCII);
        MessageDigest request = Sha256.copy(requestBeforeKey);
        request.update(path);
        byte[] url = (new String(urlBeforeKey, ISO_8859_1) + new String(path, ISO_8859_1)).getBytes(ISO_8859_1);
        return new S3UrlSigner(expiresAt, signature, request, requestBehindKey, url, query);
    }

    @Override
    public int longest(String key) {
        return urlBeforeKey.length + PercentEncoding.longest(key) + query.length + SIGNATURE.length + SIGNATURE_BYTES;
    }

    @Override
    public int write(String key, byte[] target, int offset) {
        int keyStart = append(urlBeforeKey, target, offset);
        int keyEnd = PercentEncoding.writePath(ObjectKeys.check(key), target, keyStart);
        MessageDigest request = Sha256.copy(requestBeforeKey);
        request.update(target, keyStart, keyEnd - keyStart);
        byte[] hash = request.digest(requestBehindKey);
        int signatureStart = append(SIGNATURE, target, append(query, target, keyEnd));
        // The place of the signature holds the hash first, whose digits are what is signed.
        Sha256.writeHex(hash, target, signatureStart);
        byte[] signed = signature.sign(target, signatureStart, SIGNATURE_BYTES);
        return Sha256.writeHex(signed, target, signatureStart);
    }

    private static int append(byte[] part, byte[] target, int offset) {
        System.arraycopy(part, 0, target, offset, part.length);
        return offset + part.length;
    }
}
