package io.sluice.catalog.vending;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.catalog.vending.StorageIdentity.AwsRole;
import io.sluice.catalog.vending.StorageIdentity.AzureManagedIdentity;
import io.sluice.catalog.vending.StorageIdentity.AzureServicePrincipal;
import io.sluice.catalog.vending.StorageIdentity.ConfiguredStore;
import io.sluice.catalog.vending.StorageIdentity.GoogleServiceAccount;
import io.sluice.model.failure.Failure;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** The kinds of credentials, by the field that says each. Refuses secrets: what is not taken cannot leak. */
final class IdentityReader {
    private static final Map<String, Function<JsonNode, StorageIdentity>> KINDS = Map.of(
            "aws_iam_role", role -> new AwsRole(text(role, "role_arn"), text(role, "external_id")),
            "s3_compatible", store -> new ConfiguredStore(text(store, "store")),
            "azure_service_principal", IdentityReader::servicePrincipal,
            "azure_managed_identity",
                    identity -> new AzureManagedIdentity(
                            optional(identity, "access_connector_id"), optional(identity, "managed_identity_id")),
            "databricks_gcp_service_account", account -> new GoogleServiceAccount(text(account, "email")),
            "cloudflare_api_token", IdentityReader::apiToken);

    private IdentityReader() {}

    static StorageIdentity read(JsonNode credential) {
        List<String> given = given(credential);
        if (given.size() != 1)
            throw Failure.invalid(
                    "A credential has exactly one of aws_iam_role, azure_service_principal, azure_managed_identity,"
                            + " databricks_gcp_service_account and s3_compatible; this one has %s.",
                    given.isEmpty() ? "none" : String.join(" and ", given));
        String kind = given.get(0);
        return Objects.requireNonNull(KINDS.get(kind)).apply(credential.get(kind));
    }

    static List<String> given(JsonNode credential) {
        return KINDS.keySet().stream().filter(credential::hasNonNull).sorted().toList();
    }

    private static StorageIdentity servicePrincipal(JsonNode principal) {
        if (principal.hasNonNull("client_secret"))
            throw Failure.invalid(
                    "A client_secret is not taken, so that it cannot be read back, logged or lost with a backup. Leave it"
                            + " out, and put it on the server: into the file in sluice.vending.secrets that is named by"
                            + " the application's id.");
        return new AzureServicePrincipal(text(principal, "directory_id"), text(principal, "application_id"));
    }

    private static StorageIdentity apiToken(JsonNode token) {
        throw Failure.invalid(
                "Keys of a store are not taken, so that they cannot be read back, logged or lost with a backup. Name the"
                        + " store in the server's configuration, as sluice.stores.NAME, and let the credential say"
                        + " \"s3_compatible\": {\"store\": \"NAME\"}.");
    }

    private static String text(JsonNode object, String field) {
        return optional(object, field)
                .orElseThrow(() ->
                        Failure.invalid("The field \"%s\" of the credential is missing. Give it a value.", field));
    }

    private static Optional<String> optional(JsonNode object, String field) {
        return Optional.ofNullable(object.get(field))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .filter(text -> !text.isBlank());
    }
}
