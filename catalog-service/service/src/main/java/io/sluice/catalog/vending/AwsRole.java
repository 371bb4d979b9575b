package io.sluice.catalog.vending;

import io.sluice.model.failure.Failure;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A role that the owner of a bucket lets us take.
 *
 * @param externalId chosen by us, so that another customer's server cannot take the same role
 * @param region whose token service is asked; empty for the server's own
 * @param stsEndpoint instead of the region's public one, for a private network
 */
public record AwsRole(String arn, String externalId, Optional<String> region, Optional<URI> stsEndpoint)
        implements StorageIdentity {
    private static final Pattern ARN = Pattern.compile("arn:(aws[a-z-]*):iam::[0-9]{12}:role/[\\w+=,.@/-]{1,512}");

    public AwsRole(String arn, String externalId) {
        this(arn, externalId, Optional.empty(), Optional.empty());
    }

    /** The part of Amazon that the role is in; its buckets are in the same one. */
    String partition() {
        Matcher matcher = ARN.matcher(arn);
        if (!matcher.matches())
            throw Failure.invalid(
                    "\"%s\" is not the ARN of a role. Write arn:aws:iam::<account>:role/<name> into the credential.",
                    arn);
        return matcher.group(1);
    }
}
