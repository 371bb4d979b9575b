package io.sluice.catalog.vending;

import io.sluice.catalog.vending.StorageIdentity.AzureManagedIdentity;
import io.sluice.catalog.vending.StorageIdentity.AzureServicePrincipal;
import io.sluice.model.failure.Failure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * Signatures for Azure: we sign in, have the storage account delegate a key to us, and sign for one directory with that
 * key. The account's own keys are never needed.
 */
final class AzureDelegation {
    private static final Duration LIFE = Duration.ofHours(1);
    /** A start in the past, for clocks that are behind ours. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private final CloudHttp login = new CloudHttp("Azure's sign-in service");
    private final CloudHttp machine = new CloudHttp("The identity service of this machine on Azure");
    private final CloudHttp storage = new CloudHttp("Azure's storage service");
    private final CloudEndpoints endpoints;
    private final SecretFolder secrets;
    private final Clock clock;

    AzureDelegation(CloudEndpoints endpoints, SecretFolder secrets, Clock clock) {
        this.endpoints = endpoints;
        this.secrets = secrets;
        this.clock = clock;
    }

    VendedCredentials.AzureSas vend(AzureServicePrincipal principal, Access access, CloudFolder folder) {
        CloudHttp.Answer answer = login.postForm(
                endpoints.azureLogin() + "/" + principal.directoryId() + "/oauth2/v2.0/token",
                Map.of(
                        "grant_type",
                        "client_credentials",
                        "client_id",
                        principal.applicationId(),
                        "client_secret",
                        secrets.read(principal.applicationId()),
                        "scope",
                        "https://storage.azure.com/.default"));
        if (answer.isRefusal())
            throw Failure.denied(
                    "Azure does not let the application %s of directory %s sign in (%s). Check its id, and renew its"
                            + " secret.",
                    principal.applicationId(), principal.directoryId(), answer.reason());
        return sign(folder, access, login.token(answer).path("access_token").asText());
    }

    VendedCredentials.AzureSas vend(AzureManagedIdentity identity, Access access, CloudFolder folder) {
        String which = identity.managedIdentityId()
                .map(id -> "&msi_res_id=" + CloudHttp.encoded(id))
                .orElse("");
        CloudHttp.Answer answer = machine.get(
                endpoints.azureMachine() + "/metadata/identity/oauth2/token?api-version=2018-02-01&resource="
                        + CloudHttp.encoded("https://storage.azure.com/") + which,
                Map.of("Metadata", "true"));
        if (answer.isRefusal())
            throw Failure.denied(
                    "This server's machine on Azure does not have the managed identity %s (%s). Assign it to the machine.",
                    identity.managedIdentityId().orElse("of its own"), answer.reason());
        return sign(folder, access, machine.token(answer).path("access_token").asText());
    }

    private VendedCredentials.AzureSas sign(CloudFolder folder, Access access, String token) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant start = now.minus(SKEW);
        Instant wanted = now.plus(LIFE);
        DelegatedKey key = delegatedKey(folder.account(), token, start, wanted);
        Instant expires = key.expires().isBefore(wanted) ? key.expires() : wanted;
        return new VendedCredentials.AzureSas(
                folder.text(), DelegationSas.sign(folder, access, key, start, expires), expires);
    }

    private DelegatedKey delegatedKey(String account, String token, Instant start, Instant expiry) {
        CloudHttp.Answer answer = storage.post(
                endpoints.azureBlob().replace("{account}", account) + "/?restype=service&comp=userdelegationkey",
                Map.of(
                        "Authorization",
                        "Bearer " + token,
                        "Content-Type",
                        "application/xml",
                        "x-ms-date",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                clock.instant().atZone(ZoneOffset.UTC)),
                        "x-ms-version",
                        DelegationSas.VERSION),
                "<?xml version=\"1.0\" encoding=\"utf-8\"?><KeyInfo><Start>%s</Start><Expiry>%s</Expiry></KeyInfo>"
                        .formatted(start, expiry));
        if (answer.isRefusal())
            throw Failure.denied(
                    "The storage account %s delegates no key to this credential's identity (status %d). Give the identity"
                            + " the role Storage Blob Delegator there, and one that lets it read or write the data.",
                    account, answer.status());
        return DelegatedKey.read(answer.body()).orElseThrow(storage::notUnderstood);
    }
}
