package io.sluice.catalog.vending;

import io.sluice.model.failure.Failure;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.Credentials;

/** Amazon's token service. Our own identity comes from where the SDK finds it: the environment, a file, the machine. */
public final class AwsTokenService implements CredentialVendor.TokenService, AutoCloseable {
    private static final int LIFE_SECONDS = 3600;
    private static final int FORBIDDEN = 403;

    private final Supplier<StsClient> open;
    private @Nullable StsClient client;

    /** @param endpoint instead of Amazon's own, for stores that speak its protocol */
    public AwsTokenService(String region, Optional<URI> endpoint) {
        this(() -> {
            StsClientBuilder builder =
                    StsClient.builder().region(Region.of(region)).httpClientBuilder(ApacheHttpClient.builder());
            endpoint.ifPresent(builder::endpointOverride);
            return builder.build();
        });
    }

    AwsTokenService(Supplier<StsClient> open) {
        this.open = open;
    }

    @Override
    public VendedCredentials.AwsSession assume(AwsRole role, Access access, String location) {
        AssumeRoleRequest request = AssumeRoleRequest.builder()
                .roleArn(role.arn())
                .externalId(role.externalId())
                .roleSessionName("sluice")
                .durationSeconds(LIFE_SECONDS)
                .policy(SessionPolicy.of(access, location))
                .build();
        try {
            Credentials given = client().assumeRole(request).credentials();
            return new VendedCredentials.AwsSession(
                    location, given.accessKeyId(), given.secretAccessKey(), given.sessionToken(), given.expiration());
        } catch (AwsServiceException e) {
            if (e.statusCode() == FORBIDDEN)
                throw Failure.denied(
                        "Amazon does not let this server take the role %s. Check its trust policy and external id.",
                        role.arn());
            throw unavailable(e);
        } catch (SdkException e) {
            throw unavailable(e);
        }
    }

    private static Failure unavailable(Exception e) {
        return Failure.unavailable(e, "Amazon's token service does not answer just now. Try again in a moment.");
    }

    /** Opened with the first use: most servers never need it, and it takes its time. */
    private synchronized StsClient client() {
        if (client == null) client = open.get();
        return client;
    }

    @Override
    public synchronized void close() {
        if (client != null) client.close();
    }
}
