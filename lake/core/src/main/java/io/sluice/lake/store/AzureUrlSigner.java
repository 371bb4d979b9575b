package io.sluice.lake.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

/**
 * Shared access signatures for single blobs, to be read. They have an end and no beginning, so that no clock that is
 * behind ours refuses them.
 */
final class AzureUrlSigner implements UrlSigner {
    /** What is signed has these fields since 2020-12-06; the service keeps serving its older versions. */
    static final String VERSION = "2021-12-02";

    /** Base64 of 32 bytes, of which every character may become three. */
    private static final int SIGNATURE_BYTES = 44 * 3;

    private final Instant expiresAt;
    private final HmacSha256 signature;
    private final byte[] signedBehindKey;
    private final byte[] urlBeforeKey;
    private final byte[] query;

    private AzureUrlSigner(
            Instant expiresAt, HmacSha256 signature, byte[] signedBehindKey, byte[] urlBeforeKey, byte[] query) {
        this.expiresAt = expiresAt;
        this.signature = signature;
        this.signedBehindKey = signedBehindKey;
        this.urlBeforeKey = urlBeforeKey;
        this.query = query;
    }

    /** Where the blobs of a store begin. */
    record Place(String account, URI endpoint, String container, String prefix) {}

    /** Signed with the account's own key. */
    static AzureUrlSigner byAccountKey(Place place, Instant expiresAt, byte[] accountKey) {
        // signedIdentifier, IP, protocol; version, resource; snapshot, scope, five headers of answers.
        String behindKey = "\n\n\n" + protocol(place) + "\n" + VERSION + "\nb\n\n\n\n\n\n\n";
        return of(place, expiresAt, accountKey, behindKey, "");
    }

    /** Signed with a key that the service made for an identity, whose rights the URLs have. */
    static AzureUrlSigner byDelegation(Place place, Instant expiresAt, AzureDelegation key) {
        String identity = String.join(
                "\n",
                key.objectId(),
                key.tenantId(),
                second(key.start()),
                second(key.end()),
                key.service(),
                key.version());
        // After the key's own fields: authorized and unauthorized object, correlation; then as above.
        String behindKey = "\n" + identity + "\n\n\n\n\n" + protocol(place) + "\n" + VERSION + "\nb\n\n\n\n\n\n\n";
        String fields = "&skoid=" + PercentEncoding.query(key.objectId())
                + "&sktid=" + PercentEncoding.query(key.tenantId())
                + "&skt=" + PercentEncoding.query(second(key.start()))
                + "&ske=" + PercentEncoding.query(second(key.end()))
                + "&sks=" + PercentEncoding.query(key.service())
                + "&skv=" + PercentEncoding.query(key.version());
        return of(place, expiresAt, key.value(), behindKey, fields);
    }

    private static AzureUrlSigner of(Place place, Instant expiresAt, byte[] key, String behindKey, String fields) {
        String before = "r\n\n" + second(expiresAt) + "\n/blob/" + place.account() + "/" + place.container() + "/"
                + place.prefix();
        String query = "?sv=" + VERSION + "&sp=r&sr=b&se=" + PercentEncoding.query(second(expiresAt))
                + (protocol(place).isEmpty() ? "" : "&spr=" + protocol(place)) + fields + "&sig=";
        String url = place.endpoint().toString().replaceFirst("/+$", "") + "/" + place.container() + "/"
                + PercentEncoding.path(place.prefix());
        return new AzureUrlSigner(
                expiresAt,
                HmacSha256.under(key).over(before),
                behindKey.getBytes(UTF_8),
                url.getBytes(US_ASCII),
                query.getBytes(US_ASCII));
    }

    @Override
    public Instant expiresAt() {
        return expiresAt;
    }

    @Override
    public UrlSigner below(String folder) {
        String path = ObjectKeys.check(folder) + "/";
        String url = new String(urlBeforeKey, US_ASCII) + PercentEncoding.path(path);
        return new AzureUrlSigner(expiresAt, signature.over(path), signedBehindKey, url.getBytes(US_ASCII), query);
    }

    @Override
    public int longest(String key) {
        return urlBeforeKey.length + PercentEncoding.longest(key) + query.length + SIGNATURE_BYTES;
    }

    @Override
    public int write(String key, byte[] target, int offset) {
        int keyStart = append(urlBeforeKey, target, offset);
        int keyEnd = PercentEncoding.writePath(ObjectKeys.check(key), target, keyStart);
        byte[] name = key.getBytes(UTF_8);
        byte[] signed = new byte[name.length + signedBehindKey.length];
        append(signedBehindKey, signed, append(name, signed, 0));
        String sig = Base64.getEncoder().encodeToString(signature.sign(signed, 0, signed.length));
        return append(PercentEncoding.query(sig).getBytes(US_ASCII), target, append(query, target, keyEnd));
    }

    private static String protocol(Place place) {
        return "https".equalsIgnoreCase(place.endpoint().getScheme()) ? "https" : "";
    }

    private static String second(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static int append(byte[] part, byte[] target, int offset) {
        System.arraycopy(part, 0, target, offset, part.length);
        return offset + part.length;
    }
}
