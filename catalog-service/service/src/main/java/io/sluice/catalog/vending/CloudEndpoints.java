package io.sluice.catalog.vending;

import java.net.URI;

/**
 * Where the services of Azure and of Google are.
 *
 * @param azureLogin gives tokens to applications
 * @param azureMachine gives tokens to the machine on Azure that asks it
 * @param azureBlob the storage account's own service; {@code {account}} stands for its name
 * @param googleToken gives tokens to service accounts
 * @param googleExchange exchanges a token for one that is confined
 */
record CloudEndpoints(URI azureLogin, URI azureMachine, String azureBlob, URI googleToken, URI googleExchange) {
    static final CloudEndpoints PUBLIC = new CloudEndpoints(
            URI.create("https://login.microsoftonline.com"),
            URI.create("http://169.254.169.254"),
            "https://{account}.blob.core.windows.net",
            URI.create("https://oauth2.googleapis.com/token"),
            URI.create("https://sts.googleapis.com/v1/token"));
}
