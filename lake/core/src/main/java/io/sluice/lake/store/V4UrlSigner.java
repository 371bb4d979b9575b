package io.sluice.lake.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.time.Instant;

/**
 * Version 4 of a signature in the query of a GET, as Amazon has it and Google took it over. Of a table's URLs only the
 * key and the signature differ; everything else is spelled, and everything that comes before the key is digested, once
 * for all of them.
 */
final class V4UrlSigner implements UrlSigner {
    private static final int HASH_DIGITS = 2 * Sha256.BYTES;

    private final Instant expiresAt;
    private final Signature signature;
    private final MessageDigest requestBeforeKey;
    private final byte[] requestBehindKey;
    private final byte[] urlBeforeKey;
    private final byte[] query;

    private V4UrlSigner(
            Instant expiresAt,
            Signature signature,
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

    /**
     * A GET before it is signed.
     *
     * @param host as in the header of that name: with the port, unless it is the scheme's own
     * @param path percent-encoded, up to where the key begins
     * @param query in the order of the names, without the signature
     * @param signatureName under which the signature is added to the query
     */
    record Get(String scheme, String host, String path, String query, String signatureName) {}

    /** Signs the 64 hexadecimal digits of a request's hash, behind what all requests of this signer have in common. */
    interface Signature {
        /** Length of every signature. */
        int bytes();

        byte[] sign(byte[] digits, int offset, int length);
    }

    static V4UrlSigner of(Get get, Instant expiresAt, Signature signature) {
        MessageDigest request = Sha256.begin();
        request.update(("GET\n" + get.path()).getBytes(US_ASCII));
        return new V4UrlSigner(
                expiresAt,
                signature,
                request,
                ("\n" + get.query() + "\nhost:" + get.host() + "\n\nhost\nUNSIGNED-PAYLOAD").getBytes(US_ASCII),
                (get.scheme() + "://" + get.host() + get.path()).getBytes(US_ASCII),
                ("?" + get.query() + "&" + get.signatureName() + "=").getBytes(US_ASCII));
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
        return new V4UrlSigner(expiresAt, signature, request, requestBehindKey, url, query);
    }

    @Override
    public int longest(String key) {
        int digits = Math.max(HASH_DIGITS, 2 * signature.bytes());
        return urlBeforeKey.length + PercentEncoding.longest(key) + query.length + digits;
    }

    @Override
    public int write(String key, byte[] target, int offset) {
        int keyStart = append(urlBeforeKey, target, offset);
        int keyEnd = PercentEncoding.writePath(ObjectKeys.check(key), target, keyStart);
        MessageDigest request = Sha256.copy(requestBeforeKey);
        request.update(target, keyStart, keyEnd - keyStart);
        byte[] hash = request.digest(requestBehindKey);
        int signatureStart = append(query, target, keyEnd);
        // The place of the signature holds the hash first, whose digits are what is signed.
        Sha256.writeHex(hash, target, signatureStart);
        byte[] signed = signature.sign(target, signatureStart, HASH_DIGITS);
        return Sha256.writeHex(signed, target, signatureStart);
    }

    private static int append(byte[] part, byte[] target, int offset) {
        System.arraycopy(part, 0, target, offset, part.length);
        return offset + part.length;
    }
}
