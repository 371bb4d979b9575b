package io.sluice.lake.store;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.UserDelegationKey;
import com.azure.storage.blob.sas.BlobContainerSasPermission;
import com.azure.storage.blob.sas.BlobSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.azure.storage.common.sas.SasProtocol;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;

/** Signatures that the SDK makes; for which version of the service is said in the build. */
final class AzureSignatures {
    private AzureSignatures() {}

    static String forContainer(AzureConnection connection, String container) {
        var permissions = new BlobContainerSasPermission()
                .setReadPermission(true)
                .setWritePermission(true)
                .setCreatePermission(true)
                .setListPermission(true);
        return client(connection, container)
                .generateSas(
                        new BlobServiceSasSignatureValues(OffsetDateTime.now().plusHours(1), permissions));
    }

    static String forBlob(AzureConnection connection, String container, String blob, Instant end) {
        return client(connection, container).getBlobClient(blob).generateSas(values(connection, end));
    }

    static String forBlob(
            AzureConnection connection, String container, String blob, Instant end, AzureDelegation delegation) {
        UserDelegationKey key = new UserDelegationKey()
                .setSignedObjectId(delegation.objectId())
                .setSignedTenantId(delegation.tenantId())
                .setSignedStart(delegation.start().atOffset(ZoneOffset.UTC))
                .setSignedExpiry(delegation.end().atOffset(ZoneOffset.UTC))
                .setSignedService(delegation.service())
                .setSignedVersion(delegation.version())
                .setValue(Base64.getEncoder().encodeToString(delegation.value()));
        return client(connection, container)
                .getBlobClient(blob)
                .generateUserDelegationSas(values(connection, end), key);
    }

    private static BlobServiceSasSignatureValues values(AzureConnection connection, Instant end) {
        var values = new BlobServiceSasSignatureValues(
                end.atOffset(ZoneOffset.UTC), new BlobSasPermission().setReadPermission(true));
        if (connection.publicAddress().getScheme().equals("https")) values.setProtocol(SasProtocol.HTTPS_ONLY);
        return values;
    }

    private static BlobContainerClient client(AzureConnection connection, String container) {
        return AzureClients.open(connection, container, new TrafficMeter()).container();
    }
}
