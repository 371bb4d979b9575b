package io.sluice.catalog.vending;

import io.sluice.catalog.vending.VendedCredentials.S3Keys;
import io.sluice.model.failure.Failure;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * AssumeRole, at Amazon's or at a store that speaks its protocol. The connections are shared; a client is made for each
 * call, since each may go elsewhere as somebody else. Safe for many threads.
 */
final class AssumeRole implements AutoCloseable {
    /** What each role allows unless its owner changed it. */
    static final Duration LIFE = Duration.ofHours(1);

    private static final Duration PATIENCE_TO_CONNECT = Duration.ofSeconds(3);
    private static final Duration PATIENCE_PER_TRY = Duration.ofSeconds(6);
    /** With the SDK's own few tries. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final int FAILED = 500;
    private static final int NOT_IMPLEMENTED = 501;

    private @Nullable SdkHttpClient http;

    /**
     * Where a role is taken, and as whom.
     *
     * @param name as messages call it
     * @param refused what to say when it refuses, given its reason
     */
    record Service(
            String name,
            String region,
            Optional<URI> endpoint,
            AwsCredentials identity,
            Function<String, Failure> refused) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** @param store what the keys tell of where the store is */
    S3Keys take(AssumeRoleRequest.Builder role, CloudFolder folder, Service service, Optional<S3Keys.Endpoint> store) {
        AssumeRoleRequest request = role.durationSeconds((int) LIFE.toSeconds()).build();
        Credentials given = assume(request, service);
        return new S3Keys(
                folder.text(),
                given.accessKeyId(),
                given.secretAccessKey(),
                Optional.of(given.sessionToken()),
                store,
                given.expiration());
    }

    private Credentials assume(AssumeRoleRequest request, Service service) {
        try (StsClient client = open(service)) {
            return client.assumeRole(request).credentials();
        } catch (AwsServiceException e) {
            boolean isTrouble = e.isThrottlingException() || e.statusCode() >= FAILED;
            if (isTrouble && e.statusCode() != NOT_IMPLEMENTED) throw unavailable(e, service);
            if (code(e).equals("PackedPolicyTooLarge"))
                throw Failure.invalid(
                        "%s cannot confine a session to so long a location. Choose a shorter one.", service.name());
            throw service.refused().apply(code(e));
        } catch (SdkException e) {
            throw unavailable(e, service);
        }
    }

    private StsClient open(Service service) {
        StsClientBuilder builder = StsClient.builder()
                .region(Region.of(service.region()))
                .credentialsProvider(StaticCredentialsProvider.create(service.identity()))
                .httpClient(http())
                .overrideConfiguration(
                        limits -> limits.apiCallTimeout(PATIENCE).apiCallAttemptTimeout(PATIENCE_PER_TRY));
        service.endpoint().ifPresent(builder::endpointOverride);
        return builder.build();
    }

    /** A code is a word; what a stranger's server sends instead stays out of our messages. */
    private static String code(AwsServiceException e) {
        String code = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
        return code != null && code.matches("[A-Za-z0-9.]{1,64}") ? code : "status " + e.statusCode();
    }

    private static Failure unavailable(Exception e, Service service) {
        return Failure.unavailable(e, "%s does not answer just now. Try again in a moment.", service.name());
    }

    private synchronized SdkHttpClient http() {
        if (http == null)
            http = ApacheHttpClient.builder()
                    .connectionTimeout(PATIENCE_TO_CONNECT)
                    .socketTimeout(PATIENCE_PER_TRY)
                    .build();
        return http;
    }

    @Override
    public synchronized void close() {
        if (http != null) http.close();
    }
}
