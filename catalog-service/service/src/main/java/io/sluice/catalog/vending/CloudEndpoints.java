package io.sluice.catalog.vending;

import java.net.URI;

/**
 * Where the clouds' services are. Amazon's stand with the role, since each region has its own.
 *
 * @param azureLogin gives tokens to applications; a tenant's are below {@code /<tenant>/}
 * @param azureBlob the storage account's own service; {@code {account}} stands for its name
 * @param googleSts exchanges a token for one that is confined
 */
public record CloudEndpoints(URI azureLogin, String azureBlob, URI googleSts) {
    public static CloudEndpoints publicClouds() {
        return new CloudEndpoints(
                URI.create("https://login.microsoftonline.com"),
                "https://{account}.blob.core.windows.net",
                URI.create("https://sts.googleapis.com/v1/token"));
    }

    URI azureToken(String tenant) {
        return URI.create(azureLogin + "/" + tenant + "/oauth2/v2.0/token");
    }

    URI azureDelegation(String account) {
        return URI.create(azureBlob.replace("{account}", account) + "/?restype=service&comp=userdelegationkey");
    }
}
