package io.sluice.catalog.vending;

import io.sluice.catalog.vending.VendedCredentials.S3Keys;
import io.sluice.model.failure.Failure;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;

/** Sessions of Amazon's token service, each confined to its folder by a policy. */
final class AmazonRoles {
    private final AssumeRole calls;
    private final String region;
    private final Optional<URI> endpoint;
    private final AwsCredentialsProvider identity;

    /**
     * @param region whose token service is asked
     * @param endpoint instead of the region's public one, for a private network
     * @param identity who takes the roles
     */
    AmazonRoles(AssumeRole calls, String region, Optional<URI> endpoint, AwsCredentialsProvider identity) {
        this.calls = calls;
        this.region = region;
        this.endpoint = endpoint;
        this.identity = identity;
    }

    S3Keys session(StorageIdentity.AwsRole role, Access access, CloudFolder folder) {
        AssumeRoleRequest.Builder request = AssumeRoleRequest.builder()
                .roleArn(role.arn())
                .externalId(role.externalId())
                .roleSessionName("sluice")
                .policy(SessionPolicy.of(access, folder, role.partition()));
        AssumeRole.Service amazon = new AssumeRole.Service(
                "Amazon's token service",
                region,
                endpoint,
                identity(),
                reason -> Failure.denied(
                        "Amazon does not let this server take the role %s (%s). Check the role's trust policy and external"
                                + " id, and this server's own keys and clock.",
                        role.arn(), reason));
        return calls.take(request, folder, amazon, Optional.empty());
    }

    private AwsCredentials identity() {
        try {
            return identity.resolveCredentials();
        } catch (SdkException e) {
            throw Failure.unavailable(
                    e,
                    "This server has no identity at Amazon, so it cannot take a role. Give it one: a role of its machine"
                            + " or pod, a profile, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in its environment.");
        }
    }
}
