package io.sluice.catalog.vending;

import io.sluice.model.failure.Failure;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Makes credentials, and hands the same one out again for four fifths of its life: engines ask at each query, and the
 * clouds' token services count. Whether the caller may have them was decided before; each call decides anew. Safe for
 * many threads.
 */
public final class CredentialVendor implements AutoCloseable {
    private static final int MOST_KEPT = 10_000;
    /** For one answer of a token service. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** For callers that do not tell classes of principals apart. */
    private static final String EVERYBODY = "everybody";

    private final TokenService aws;
    private final S3StoreSessions stores;
    private final AzureDelegation azure;
    private final GoogleDownscoping google;
    private final SessionCache<Key> cache;

    /** The public clouds. */
    public CredentialVendor(TokenService aws, Clock clock) {
        this(aws, CloudEndpoints.publicClouds(), clock);
    }

    public CredentialVendor(TokenService aws, CloudEndpoints endpoints, Clock clock) {
        this(aws, endpoints, PATIENCE, clock);
    }

    CredentialVendor(TokenService aws, CloudEndpoints endpoints, Duration patience, Clock clock) {
        CloudHttp http = new CloudHttp(patience);
        this.aws = aws;
        this.stores = new S3StoreSessions(clock);
        this.azure = new AzureDelegation(endpoints, http, clock);
        this.google = new GoogleDownscoping(endpoints, http, clock);
        this.cache = new SessionCache<>(MOST_KEPT, clock);
    }

    /** Amazon's service that exchanges a role for a session which its policy confines. */
    @FunctionalInterface
    public interface TokenService {
        /** @param location in its one spelling */
        VendedCredentials.AwsSession assume(AwsRole role, Access access, String location);

        /** @param principalClass for whom it is, where the service's own log can tell */
        default VendedCredentials.AwsSession assume(
                AwsRole role, Access access, String location, String principalClass) {
            return assume(role, access, location);
        }
    }

    private record Key(StorageIdentity identity, Folder folder, Access access, String principalClass) {}

    /** @param guard what may be asked for; it decides before anything is looked up or made */
    public VendedCredentials vend(VendingRequest request, LocationGuard guard) {
        Folder folder = guard.admit(request.location());
        StorageIdentity identity = request.identity();
        requireFit(identity, folder);
        if (identity instanceof LocalFiles) return new VendedCredentials.LocalFiles(folder.text());
        Key key = new Key(identity, folder, request.access(), request.principalClass());
        return cache.get(key, () -> made(key));
    }

    /**
     * For callers that have compared the location with what covers it, and know roles of Amazon's alone.
     *
     * @param role what opens the bucket; empty for a local folder
     */
    public VendedCredentials vend(Access access, String location, Optional<AwsRole> role) {
        boolean isLocal = Folder.parse(location).kind() == Folder.Kind.FILE;
        Optional<StorageIdentity> identity = isLocal ? Optional.of(new LocalFiles()) : role.map(StorageIdentity.class::cast);
        return vend(
                new VendingRequest(
                        location,
                        access,
                        identity.orElseThrow(() -> Failure.invalid(
                                "No external location with a credential covers %s. Create one, or read the data through"
                                        + " a share.",
                                location)),
                        EVERYBODY),
                LocationGuard.anyFolder());
    }

    /** Gives up connections. The token service it was given is its owner's to close. */
    @Override
    public void close() {
        stores.close();
    }

    private VendedCredentials made(Key key) {
        StorageIdentity identity = key.identity();
        if (identity instanceof AwsRole role)
            return aws.assume(role, key.access(), key.folder().text(), key.principalClass());
        if (identity instanceof StaticS3 store) return stores.vend(store, key.folder(), key.access());
        if (identity instanceof AzureServicePrincipal principal)
            return azure.vend(principal, key.folder(), key.access());
        if (identity instanceof GcpServiceAccount account) return google.vend(account, key.folder(), key.access());
        throw new IllegalStateException("nothing is made for " + identity);
    }

    private static void requireFit(StorageIdentity identity, Folder folder) {
        if (kind(identity) != folder.kind())
            throw Failure.invalid(
                    "The location %s is not in the kind of store that its credential opens. Give its external location"
                            + " a credential for that cloud.",
                    folder);
    }

    private static Folder.Kind kind(StorageIdentity identity) {
        if (identity instanceof AwsRole || identity instanceof StaticS3) return Folder.Kind.S3;
        if (identity instanceof AzureServicePrincipal) return Folder.Kind.AZURE;
        if (identity instanceof GcpServiceAccount) return Folder.Kind.GOOGLE;
        return Folder.Kind.FILE;
    }
}
