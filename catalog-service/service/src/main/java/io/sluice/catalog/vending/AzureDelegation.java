package io.sluice.catalog.vending;

import io.sluice.model.failure.Failure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * Signatures for Azure: we sign in as the application, have the storage account delegate a key to it, and sign for one
 * directory with that key. The account's own keys are never needed.
 */
final class AzureDelegation {
    private static final Duration LIFE = Duration.ofHours(1);
    /** A start in the past, for clocks that are behind ours. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private static final String LOGIN = "Azure's sign-in service";
    private static final String STORAGE = "Azure's storage service";

    private final CloudEndpoints endpoints;
    private final CloudHttp http;
    private final Clock clock;

    AzureDelegation(CloudEndpoints endpoints, CloudHttp http, Clock clock) {
        this.endpoints = endpoints;
        this.http = http;
        this.clock = clock;
    }

    VendedCredentials.AzureSas vend(AzureServicePrincipal principal, Folder folder, Access access) {
        if (!folder.account().equals(principal.account()))
            throw Failure.invalid(
                    "The location %s is in the storage account %s, and the credential is for the account %s. Choose the"
                            + " credential of that account.",
                    folder, folder.account(), principal.account());
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant wanted = now.plus(LIFE);
        DelegatedKey key = delegatedKey(principal, signIn(principal), now.minus(SKEW), wanted);
        Instant expires = key.expires().isBefore(wanted) ? key.expires() : wanted;
        String token = DelegationSas.sign(folder, access, key, now.minus(SKEW), expires);
        return new VendedCredentials.AzureSas(folder.text(), token, expires);
    }

    private String signIn(AzureServicePrincipal principal) {
        CloudHttp.Answer answer = http.postForm(
                LOGIN,
                endpoints.azureToken(principal.tenantId()),
                Map.of(
                        "grant_type", "client_credentials",
                        "client_id", principal.clientId(),
                        "client_secret", principal.clientSecret(),
                        "scope", "https://storage.azure.com/.default"));
        if (answer.isRefusal())
            throw Failure.denied(
                    "Azure does not let the application %s of tenant %s sign in (%s). Check its id, and renew its secret.",
                    principal.clientId(), principal.tenantId(), answer.errorCode());
        String token = answer.json().path("access_token").asText();
        if (token.isEmpty()) throw CloudHttp.notUnderstood(LOGIN);
        return token;
    }

    private DelegatedKey delegatedKey(AzureServicePrincipal principal, String token, Instant start, Instant expiry) {
        String body = "<?xml version=\"1.0\" encoding=\"utf-8\"?><KeyInfo><Start>%s</Start><Expiry>%s</Expiry></KeyInfo>"
                .formatted(start, expiry);
        CloudHttp.Answer answer = http.post(
                STORAGE,
                endpoints.azureDelegation(principal.account()),
                Map.of(
                        "Authorization", "Bearer " + token,
                        "Content-Type", "application/xml",
                        "x-ms-date", DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.instant().atZone(ZoneOffset.UTC)),
                        "x-ms-version", DelegationSas.VERSION),
                body);
        if (answer.isRefusal())
            throw Failure.denied(
                    "The storage account %s delegates no key to the application %s (status %d). Give the application the"
                            + " role Storage Blob Delegator there, and one that lets it read or write the data.",
                    principal.account(), principal.clientId(), answer.status());
        return DelegatedKey.read(STORAGE, answer.body());
    }
}
