package io.sluice.lake.store;

import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.util.Configuration;
import com.azure.storage.blob.BlobContainerAsyncClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import reactor.core.publisher.Mono;

/**
 * The SDK's clients for one container.
 *
 * @param service asks for the keys that sign in an identity's name
 * @param reads the same container; only the SDK's asynchronous client hands bodies on as they come
 * @param once never retries: after a conditional put whose answer was lost, a retry would find our own blob and report
 *     it as another's
 */
record AzureClients(
        BlobServiceClient service,
        BlobContainerClient container,
        BlobContainerAsyncClient reads,
        BlobContainerClient once,
        TrafficMeter meter) {
    private static final int TRIES = 4;
    private static final Duration TRY_TIMEOUT = Duration.ofMinutes(5);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    static AzureClients open(AzureConnection connection, String container, TrafficMeter meter) {
        HttpClient http = new JdkHttpClientBuilder()
                .configuration(isLoopback(connection) ? Configuration.NONE : Configuration.getGlobalConfiguration())
                .build();
        BlobServiceClientBuilder retrying = builder(connection, http, meter, TRIES);
        BlobServiceClient service = retrying.buildClient();
        return new AzureClients(
                service,
                service.getBlobContainerClient(container),
                retrying.buildAsyncClient().getBlobContainerAsyncClient(container),
                builder(connection, http, meter, 1).buildClient().getBlobContainerClient(container),
                meter);
    }

    private static BlobServiceClientBuilder builder(
            AzureConnection connection, HttpClient http, TrafficMeter meter, int tries) {
        BlobServiceClientBuilder builder = new BlobServiceClientBuilder()
                .endpoint(connection.address().toString())
                .httpClient(http)
                .configuration(Configuration.NONE)
                .retryOptions(new RequestRetryOptions(
                        RetryPolicyType.EXPONENTIAL, tries, TRY_TIMEOUT, FIRST_PAUSE, LONGEST_PAUSE, null))
                .addPolicy(new AzureRequestCounter(meter));
        if (connection.credentials() instanceof AzureConnection.Credentials.AccountKey key)
            return builder.credential(new StorageSharedKeyCredential(connection.account(), key.key()));
        if (connection.credentials() instanceof AzureConnection.Credentials.Sas sas)
            return builder.sasToken(sas.query());
        return builder.credential(credential((AzureConnection.Credentials.Identity) connection.credentials()));
    }

    private static TokenCredential credential(AzureConnection.Credentials.Identity identity) {
        AccessTokens tokens = new CachedTokens(identity.tokens(), Clock.systemUTC());
        return (TokenRequestContext context) -> Mono.fromCallable(() -> {
            AccessToken token = tokens.token();
            return new com.azure.core.credential.AccessToken(
                    token.value(), token.expiresAt().atOffset(ZoneOffset.UTC));
        });
    }

    private static boolean isLoopback(AzureConnection connection) {
        return Loopback.isHost(connection.address().getHost());
    }
}
