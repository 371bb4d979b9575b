package io.sluice.lake.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.apache.ProxyConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The SDK's clients for one connection. Everything that the SDK would otherwise take from the machine's environment
 * is said explicitly, except credentials where their chain is asked for.
 *
 * @param client retries what may pass by itself
 * @param once never retries: after a conditional put whose answer was lost, a retry would find our own object and
 *     report it as another's
 */
record S3Clients(
        S3Client client, S3Client once, AwsCredentialsProvider credentials, SdkHttpClient http, TrafficMeter meter)
        implements AutoCloseable {
    private static final int CONNECTIONS = 64;

    static S3Clients open(S3Connection connection, TrafficMeter meter) {
        SdkHttpClient http = http(connection);
        AwsCredentialsProvider credentials = credentials(connection);
        return new S3Clients(
                client(connection, http, credentials, meter, AwsRetryStrategy.standardRetryStrategy()),
                client(connection, http, credentials, meter, AwsRetryStrategy.doNotRetry()),
                credentials,
                http,
                meter);
    }

    @Override
    public void close() {
        client.close();
        once.close();
        http.close();
        if (credentials instanceof SdkAutoCloseable closeable) closeable.close();
    }

    /** A body that can be sent again. */
    static RequestBody body(Content content) {
        return RequestBody.fromContentProvider(
                () -> {
                    try {
                        return new WholeStream(content.open(), content.length());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                content.length(),
                "application/octet-stream");
    }

    private static S3Client client(
            S3Connection connection,
            SdkHttpClient http,
            AwsCredentialsProvider credentials,
            TrafficMeter meter,
            RetryStrategy retries) {
        var builder = S3Client.builder()
                .httpClient(http)
                .region(Region.of(connection.region()))
                .credentialsProvider(credentials)
                .serviceConfiguration(addressing(connection))
                // Bodies are protected by TLS or their signature; checksums of the SDK's own would be sent as
                // trailers, which not every S3 service understands.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(override ->
                        override.retryStrategy(retries).addExecutionInterceptor(new S3RequestCounter(meter)));
        connection.endpoint().ifPresent(builder::endpointOverride);
        return builder.build();
    }

    private static S3Configuration addressing(S3Connection connection) {
        return S3Configuration.builder()
                .pathStyleAccessEnabled(connection.pathStyle())
                .build();
    }

    private static AwsCredentialsProvider credentials(S3Connection connection) {
        Optional<S3Connection.Credentials> given = connection.credentials();
        if (given.isEmpty()) return DefaultCredentialsProvider.builder().build();
        return StaticCredentialsProvider.create(given(given.get()));
    }

    private static AwsCredentials given(S3Connection.Credentials keys) {
        if (keys.sessionToken().isEmpty()) return AwsBasicCredentials.create(keys.accessKey(), keys.secretKey());
        return AwsSessionCredentials.create(
                keys.accessKey(), keys.secretKey(), keys.sessionToken().get());
    }

    private static SdkHttpClient http(S3Connection connection) {
        var builder = ApacheHttpClient.builder().maxConnections(CONNECTIONS);
        if (connection.endpoint().map(URI::getHost).filter(Loopback::isHost).isPresent())
            builder.proxyConfiguration(ProxyConfiguration.builder()
                    .useEnvironmentVariableValues(false)
                    .useSystemPropertyValues(false)
                    .build());
        return builder.build();
    }
}
