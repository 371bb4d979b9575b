package io.sluice.catalog.vending;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.model.failure.Failure;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As whom this server asks a cloud for credentials: what a credential of the catalog says. None of them holds a secret.
 * Either the cloud knows this server, or the secret stands in the server's configuration and is named here.
 */
public sealed interface StorageIdentity {
    /** The field of Unity Catalog's CredentialInfo that says it. */
    String wireName();

    /** The value of that field. */
    ObjectNode toWire();

    CloudFolder.Cloud cloud();

    /**
     * A role of Amazon's that lets this server take it.
     *
     * @param externalId chosen by us, so that another customer's server cannot take the same role
     */
    record AwsRole(String arn, String externalId) implements StorageIdentity {
        private static final Pattern ARN = Pattern.compile("arn:(aws[a-z-]*):iam::\\d{12}:role/[\\w+=,.@/-]{1,512}");

        public AwsRole {
            require(ARN, arn, "the ARN of a role");
        }

        /** The part of Amazon that the role is in; its buckets are in the same one. */
        String partition() {
            Matcher matcher = ARN.matcher(arn);
            return matcher.matches() ? matcher.group(1) : "aws";
        }

        @Override
        public String wireName() {
            return "aws_iam_role";
        }

        @Override
        public ObjectNode toWire() {
            return object().put("role_arn", arn).put("external_id", externalId).putNull("unity_catalog_iam_arn");
        }

        @Override
        public CloudFolder.Cloud cloud() {
            return CloudFolder.Cloud.S3;
        }
    }

    /** A store that speaks S3 and is not Amazon's, by its name in the server's configuration. */
    record ConfiguredStore(String name) implements StorageIdentity {
        @Override
        public String wireName() {
            return "s3_compatible";
        }

        @Override
        public ObjectNode toWire() {
            return object().put("store", name);
        }

        @Override
        public CloudFolder.Cloud cloud() {
            return CloudFolder.Cloud.S3;
        }
    }

    /** An application of a tenant of Azure's. Its secret is in the folder of secrets, by the application's id. */
    record AzureServicePrincipal(String directoryId, String applicationId) implements StorageIdentity {
        /** Becomes part of an address or of a file's name: nothing in it may lead elsewhere. */
        private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,63}");

        public AzureServicePrincipal {
            require(ID, directoryId, "the id of a directory");
            require(ID, applicationId, "the id of an application");
        }

        @Override
        public String wireName() {
            return "azure_service_principal";
        }

        @Override
        public ObjectNode toWire() {
            return object().put("directory_id", directoryId).put("application_id", applicationId);
        }

        @Override
        public CloudFolder.Cloud cloud() {
            return CloudFolder.Cloud.AZURE;
        }
    }

    /**
     * An identity of the machine on Azure that this server runs on.
     *
     * @param accessConnectorId kept for clients that insist on one; it is of no use outside of Databricks
     * @param managedIdentityId empty for the machine's own
     */
    record AzureManagedIdentity(Optional<String> accessConnectorId, Optional<String> managedIdentityId)
            implements StorageIdentity {
        private static final Pattern RESOURCE = Pattern.compile("/subscriptions/[\\w()./-]{1,500}");

        public AzureManagedIdentity {
            accessConnectorId.ifPresent(id -> require(RESOURCE, id, "the resource id of an access connector"));
            managedIdentityId.ifPresent(id -> require(RESOURCE, id, "the resource id of a managed identity"));
        }

        @Override
        public String wireName() {
            return "azure_managed_identity";
        }

        @Override
        public ObjectNode toWire() {
            return object().put("access_connector_id", accessConnectorId.orElse(null))
                    .put("managed_identity_id", managedIdentityId.orElse(null));
        }

        @Override
        public CloudFolder.Cloud cloud() {
            return CloudFolder.Cloud.AZURE;
        }
    }

    /** A service account of Google's. Its key file is in the folder of secrets, by the account's e-mail address. */
    record GoogleServiceAccount(String email) implements StorageIdentity {
        private static final Pattern EMAIL = Pattern.compile("[a-z0-9-]{1,64}@[a-z0-9.-]{1,190}");

        public GoogleServiceAccount {
            require(EMAIL, email, "the e-mail address of a service account");
        }

        @Override
        public String wireName() {
            return "databricks_gcp_service_account";
        }

        @Override
        public ObjectNode toWire() {
            return object().put("email", email);
        }

        @Override
        public CloudFolder.Cloud cloud() {
            return CloudFolder.Cloud.GOOGLE;
        }
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static void require(Pattern pattern, String text, String what) {
        if (!pattern.matcher(text).matches()) throw Failure.invalid("\"%s\" is not %s.", text, what);
    }

    /** Whether a request to change a credential says another one. */
    static boolean isIn(JsonNode credential) {
        return !IdentityReader.given(credential).isEmpty();
    }

    /** From a credential as it is asked for, or as it is kept. */
    static StorageIdentity of(JsonNode credential) {
        return IdentityReader.read(credential);
    }
}
