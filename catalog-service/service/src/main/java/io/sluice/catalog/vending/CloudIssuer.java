package io.sluice.catalog.vending;

import io.sluice.catalog.vending.CredentialVendor.Request;
import io.sluice.catalog.vending.StorageIdentity.AwsRole;
import io.sluice.catalog.vending.StorageIdentity.AzureManagedIdentity;
import io.sluice.catalog.vending.StorageIdentity.AzureServicePrincipal;
import io.sluice.catalog.vending.StorageIdentity.ConfiguredStore;
import io.sluice.catalog.vending.StorageIdentity.GoogleServiceAccount;
import io.sluice.model.failure.Failure;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** The real clouds. Safe for many threads. */
public final class CloudIssuer implements CredentialVendor.Issuer {
    private final AwsCredentialsProvider awsIdentity;
    private final AssumeRole calls = new AssumeRole();
    private final AmazonRoles amazon;
    private final S3StoreKeys stores;
    private final AzureDelegation azure;
    private final GoogleDownscoping google;
    private final boolean isMachineLent;

    /**
     * What the operator gave.
     *
     * @param secrets the folder with a file for each secret of Azure's and Google's
     * @param stores those that credentials of the catalog may open, by name
     * @param awsRegion whose token service is asked for sessions of roles
     * @param awsEndpoint instead of the region's public one, for a private network
     * @param isMachineLent whether the identity that the machine has at its cloud opens stores for whoever asks
     */
    public record Settings(
            Optional<Path> secrets,
            Map<String, S3Store> stores,
            String awsRegion,
            Optional<URI> awsEndpoint,
            boolean isMachineLent) {}

    /** Our own identity at Amazon comes from where its SDK finds it: the environment, a file, the machine. */
    public CloudIssuer(Settings settings, Clock clock) {
        this(settings, DefaultCredentialsProvider.builder().build(), CloudEndpoints.PUBLIC, clock);
    }

    CloudIssuer(Settings settings, AwsCredentialsProvider awsIdentity, CloudEndpoints endpoints, Clock clock) {
        this.awsIdentity = awsIdentity;
        SecretFolder secrets = new SecretFolder(settings.secrets());
        amazon = new AmazonRoles(calls, settings.awsRegion(), settings.awsEndpoint(), awsIdentity);
        stores = new S3StoreKeys(calls, settings.stores(), clock);
        azure = new AzureDelegation(endpoints, secrets, clock);
        google = new GoogleDownscoping(endpoints, secrets, clock);
        isMachineLent = settings.isMachineLent;
    }

    @Override
    public VendedCredentials issue(Request request) {
        StorageIdentity identity = request.identity();
        Access access = request.access();
        CloudFolder folder = request.folder();
        if (identity instanceof AwsRole role) return amazon.session(role, access, folder);
        if (identity instanceof ConfiguredStore store) return stores.keys(store, access, folder);
        if (identity instanceof AzureServicePrincipal principal) return azure.vend(principal, access, folder);
        if (identity instanceof AzureManagedIdentity machine) {
            // Of the operator's machine, which opens what is the operator's.
            if (!isMachineLent)
                throw Failure.denied(
                        "The identity of this server's machine is not lent to this metastore. Use an application.");
            return azure.vend(machine, access, folder);
        }
        if (identity instanceof GoogleServiceAccount account) return google.vend(account, access, folder);
        throw new IllegalStateException("no cloud knows " + identity);
    }

    @Override
    public void close() {
        calls.close();
        if (awsIdentity instanceof SdkAutoCloseable closeable) closeable.close();
    }
}
