package io.sluice.lake.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Our signatures next to those of the SDK. That a service takes them is shown in {@link S3ObjectStoreTest}. */
final class S3SignaturesTest {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final AwsCredentials KEYS = AwsBasicCredentials.create("AKIDEXAMPLE", "a/secret+key");
    private static final AwsCredentials SESSION =
            AwsSessionCredentials.create("ASIAEXAMPLE", "a/secret+key", "a/token+with==all of it");

    private static final List<String> ODD_KEYS = List.of(
            "plain.parquet",
            "day=2026-01-01/part 0.parquet",
            "a+b&c=d?e#f%20g",
            "~tilde-._*'()!@$,;:\"<>[]{}|\\^`",
            "é/数/\uFF5E/\uD83D\uDE00.txt",
            "\u0001\u007f");

    static List<S3Connection> connections() {
        S3Connection.Credentials keys = new S3Connection.Credentials(KEYS.accessKeyId(), KEYS.secretAccessKey());
        S3Connection inPath = S3Connection.at(URI.create("http://127.0.0.1:9000"), "us-east-1", keys);
        return List.of(
                S3Connection.amazon("eu-west-1"),
                S3Connection.amazon("cn-north-1"),
                inPath,
                inPath.withPublicEndpoint(URI.create("https://files.example.org:443")),
                new S3Connection(
                        "us-west-2",
                        Optional.of(URI.create("https://s3.example.org/base")),
                        Optional.empty(),
                        false,
                        Optional.of(keys)));
    }

    @ParameterizedTest
    @MethodSource("connections")
    void signsAsTheSdkDoes(S3Connection connection) {
        // The SDK signs with its own clock, so it goes first, and ours signs for the second that it wrote down.
        for (AwsCredentials credentials : List.of(KEYS, SESSION)) {
            for (String bucket : List.of("bucket", "bucket.with.dots")) {
                for (String key : ODD_KEYS) {
                    URI theirs = signedBySdk(connection, credentials, bucket, key);
                    UrlSigner ours = signer(connection, credentials, bucket, windowOf(theirs));

                    URI url = URI.create(ours.url(key));
                    assertThat(url.getScheme() + "://" + url.getAuthority() + url.getRawPath())
                            .isEqualToIgnoringCase(
                                    theirs.getScheme() + "://" + withoutOwnPort(theirs) + theirs.getRawPath());
                    assertThat(query(url)).isEqualTo(query(theirs));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b c", "數/é"})
    void aFoldersSignerSignsTheSame(String folder) {
        UrlSigner whole = signers(KEYS).at(NOON, HOUR).orElseThrow();
        UrlSigner below = whole.below(folder);

        for (String key : ODD_KEYS) assertThat(below.url(key)).isEqualTo(whole.url(folder + "/" + key));
        assertThat(below.below("x").url("k")).isEqualTo(whole.url(folder + "/x/k"));
        assertThat(below.expiresAt()).isEqualTo(whole.expiresAt());
    }

    @Test
    void aUrlIsWrittenWhereItIsWanted() {
        UrlSigner signer = signers(KEYS).at(NOON, HOUR).orElseThrow();
        byte[] line = new byte[signer.longest("k/数") + 10];
        int end = signer.write("k/数", line, 5);

        assertThat(new String(line, 5, end - 5, StandardCharsets.US_ASCII)).isEqualTo(signer.url("k/数"));
        assertThat(Arrays.copyOf(line, 5)).containsOnly(0);
    }

    @Test
    void urlsOfOneBucketOfTimeAreEqualAndOfTheNextAreNot() {
        S3UrlSigners signers = signers(KEYS);
        UrlSigner signer = signers.at(NOON, HOUR).orElseThrow();

        assertThat(signers.at(NOON.plusSeconds(899), HOUR)).containsSame(signer);
        UrlSigner next = signers.at(NOON.plusSeconds(900), HOUR).orElseThrow();
        assertThat(next.url("k")).isNotEqualTo(signer.url("k"));
        assertThat(next.expiresAt()).isEqualTo(signer.expiresAt().plusSeconds(900));
        assertThat(signers.at(NOON, HOUR).orElseThrow().url("k")).isEqualTo(signer.url("k"));
        assertThat(signers(KEYS).at(NOON, HOUR).orElseThrow().url("k")).isEqualTo(signer.url("k"));
    }

    @Test
    void newCredentialsSignAtOnce() {
        AtomicInteger asked = new AtomicInteger();
        S3UrlSigners signers =
                new S3UrlSigners(() -> asked.incrementAndGet() == 1 ? KEYS : SESSION, "eu-west-1", address("bucket"));

        assertThat(signers.at(NOON, HOUR).orElseThrow().url("k")).contains("AKIDEXAMPLE");
        assertThat(signers.at(NOON, HOUR).orElseThrow().url("k"))
                .contains("ASIAEXAMPLE")
                .contains("X-Amz-Security-Token=a%2Ftoken%2Bwith%3D%3Dall%20of%20it");
    }

    @Test
    void noUrlOutlivesItsCredentials() {
        AwsCredentials ending = AwsSessionCredentials.builder()
                .accessKeyId("ASIAEXAMPLE")
                .secretAccessKey("secret")
                .sessionToken("token")
                .expirationTime(NOON.plusSeconds(100))
                .build();
        S3UrlSigners signers = signers(ending);

        UrlSigner capped = signers.at(NOON, HOUR).orElseThrow();
        assertThat(capped.expiresAt()).isEqualTo(NOON.plusSeconds(100));
        assertThat(capped.url("k")).contains("X-Amz-Expires=100");
        assertThat(signers.at(NOON.plusSeconds(100), HOUR)).isEmpty();
    }

    @Test
    void directoryBucketsAreNotSignedFor() throws IOException {
        try (S3ObjectStore store = S3ObjectStore.open(S3Connection.amazon("eu-west-1"), "fast--euw1-az1--x-s3", "")) {
            assertThat(store.signer(NOON, HOUR)).isEmpty();
        }
    }

    private static S3UrlSigners signers(AwsCredentials credentials) {
        return new S3UrlSigners(StaticCredentialsProvider.create(credentials), "eu-west-1", address("bucket"));
    }

    private static S3Address address(String bucket) {
        return S3Address.of(S3Connection.amazon("eu-west-1"), bucket, "");
    }

    private static UrlSigner signer(
            S3Connection connection, AwsCredentials credentials, String bucket, UrlWindow window) {
        Optional<String> token = credentials instanceof AwsSessionCredentials session
                ? Optional.of(session.sessionToken())
                : Optional.empty();
        return S3Signatures.signer(
                S3Address.of(connection, bucket, ""),
                window,
                credentials.accessKeyId(),
                token,
                S3SigningKey.derive(credentials.secretAccessKey(), window.start(), connection.region()));
    }

    private static URI signedBySdk(S3Connection connection, AwsCredentials credentials, String bucket, String key) {
        var builder = S3Presigner.builder()
                .region(Region.of(connection.region()))
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(connection.pathStyle())
                        .build());
        connection.publicEndpoint().or(connection::endpoint).ifPresent(builder::endpointOverride);
        try (S3Presigner presigner = builder.build()) {
            var signed = presigner.presignGetObject(request -> request.signatureDuration(HOUR)
                    .getObjectRequest(get -> get.bucket(bucket).key(key)));
            return URI.create(signed.url().toExternalForm());
        }
    }

    private static UrlWindow windowOf(URI signed) {
        Instant start = TIME.parse(query(signed).get("X-Amz-Date"), Instant::from);
        return new UrlWindow(start, start.plus(HOUR));
    }

    private static String withoutOwnPort(URI url) {
        return url.getAuthority().replaceFirst(":443$", "");
    }

    private static Map<String, String> query(URI url) {
        return Arrays.stream(url.getRawQuery().split("&"))
                .collect(Collectors.toMap(
                        part -> part.substring(0, part.indexOf('=')), part -> part.substring(part.indexOf('=') + 1)));
    }
}
