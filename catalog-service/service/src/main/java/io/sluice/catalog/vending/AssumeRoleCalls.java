package io.sluice.catalog.vending;

import io.sluice.model.failure.Failure;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
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
 * AssumeRole, at Amazon's or at a store that speaks its protocol, and what its refusals mean. The connections are
 * shared; a client is made for each call, since each may go elsewhere as somebody else. Safe for many threads.
 */
final class AssumeRoleCalls implements AutoCloseable {
    /** What each role allows unless its owner changed it. */
    static final Duration LIFE = Duration.ofHours(1);

    private static final Duration PATIENCE_TO_CONNECT = Duration.ofSeconds(3);
    private static final Duration PATIENCE_PER_TRY = Duration.ofSeconds(6);
    /** With the SDK's own few tries. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final int TOO_MANY = 429;
    private static final int FAILED = 500;
    private static final int NOT_IMPLEMENTED = 501;

    private static final Set<String> OUR_OWN_FAULT = Set.of(
            "InvalidClientTokenId",
            "SignatureDoesNotMatch",
            "UnrecognizedClientException",
            "InvalidAccessKeyId",
            "ExpiredToken",
            "ExpiredTokenException",
            "RequestExpired");
    private static final Set<String> BAD_REQUEST =
            Set.of("MalformedPolicyDocument", "PackedPolicyTooLarge", "ValidationError");

    private @Nullable SdkHttpClient http;

    /** @param name as the messages call it */
    record Service(String name, String region, Optional<URI> endpoint, AwsCredentials identity) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** @param refused what it means to be refused for another reason than our own identity; it is given the code */
    Credentials assume(AssumeRoleRequest request, Service service, Function<String, Failure> refused) {
        service.endpoint().ifPresent(CloudHttp::requireSafe);
        try (StsClient client = open(service)) {
            return client.assumeRole(request).credentials();
        } catch (AwsServiceException e) {
            throw told(e, service, refused);
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

    private static Failure told(AwsServiceException e, Service service, Function<String, Failure> refused) {
        String code = code(e);
        if (e.isThrottlingException() || e.statusCode() == TOO_MANY) return unavailable(e, service);
        if (e.statusCode() >= FAILED && e.statusCode() != NOT_IMPLEMENTED) return unavailable(e, service);
        if (OUR_OWN_FAULT.contains(code))
            return Failure.denied(
                    "%s does not accept this server's own identity (%s). Renew the keys it was given, and check its"
                            + " clock.",
                    service.name(), code);
        if (BAD_REQUEST.contains(code))
            return Failure.invalid(
                    "%s does not take the request (%s). Check the role of the credential, and choose a shorter location.",
                    service.name(), code);
        return refused.apply(code);
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
