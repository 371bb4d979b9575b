package io.sluice.catalog.vending;

import io.sluice.model.failure.Failure;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** Amazon's token service. Our own identity comes from where the SDK finds it: the environment, a file, the machine. */
public final class AwsTokenService implements CredentialVendor.TokenService, AutoCloseable {
    private static final int LONGEST_SESSION_NAME = 64;

    private final String region;
    private final Optional<URI> endpoint;
    private final AssumeRoleCalls calls = new AssumeRoleCalls();
    private @Nullable AwsCredentialsProvider identity;

    /**
     * @param region for roles that name none
     * @param endpoint instead of Amazon's own, for roles that name none
     */
    public AwsTokenService(String region, Optional<URI> endpoint) {
        this.region = region;
        this.endpoint = endpoint;
    }

    AwsTokenService(String region, Optional<URI> endpoint, AwsCredentialsProvider identity) {
        this(region, endpoint);
        this.identity = identity;
    }

    @Override
    public VendedCredentials.AwsSession assume(AwsRole role, Access access, String location) {
        return assume(role, access, location, "anybody");
    }

    /** @param principalClass ends up in the session's name, so that Amazon's own log tells for whom it was */
    @Override
    public VendedCredentials.AwsSession assume(AwsRole role, Access access, String location, String principalClass) {
        AssumeRoleRequest request = AssumeRoleRequest.builder()
                .roleArn(role.arn())
                .externalId(role.externalId())
                .roleSessionName(sessionName(principalClass))
                .durationSeconds((int) AssumeRoleCalls.LIFE.toSeconds())
                .policy(SessionPolicy.of(access, Folder.parse(location), role.partition()))
                .build();
        AssumeRoleCalls.Service amazon = new AssumeRoleCalls.Service(
                "Amazon's token service",
                role.region().orElse(region),
                role.stsEndpoint().or(() -> endpoint),
                identity());
        Credentials given = calls.assume(
                request,
                amazon,
                code -> Failure.denied(
                        "Amazon does not let this server take the role %s (%s). Check its trust policy and external id.",
                        role.arn(), code));
        return new VendedCredentials.AwsSession(
                location, given.accessKeyId(), given.secretAccessKey(), given.sessionToken(), given.expiration());
    }

    @Override
    public synchronized void close() {
        calls.close();
        if (identity instanceof SdkAutoCloseable closeable) closeable.close();
    }

    /** What a session may be called is less than what a principal may be. */
    private static String sessionName(String principalClass) {
        String name = "sluice-" + principalClass.replaceAll("[^A-Za-z0-9_=.@-]", "-");
        return name.substring(0, Math.min(name.length(), LONGEST_SESSION_NAME));
    }

    private AwsCredentials identity() {
        try {
            return provider().resolveCredentials();
        } catch (SdkException e) {
            throw Failure.unavailable(
                    e,
                    "This server has no identity at Amazon, so it cannot take a role. Give it one: a role of its machine"
                            + " or pod, a profile, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in its environment.");
        }
    }

    /** Made with the first use: most servers never need it. */
    private synchronized AwsCredentialsProvider provider() {
        if (identity == null) identity = DefaultCredentialsProvider.builder().build();
        return identity;
    }
}
