package io.sluice.server.wiring;

import io.sluice.catalog.govern.Vending;
import io.sluice.catalog.vending.StorageIdentity;
import io.sluice.catalog.vending.VendedCredentials;
import io.sluice.model.failure.Failure;
import io.sluice.server.launch.SluiceConfig;
import io.sluice.sharing.recipient.Recipient;
import io.sluice.sharing.share.FolderCredential;
import io.sluice.sharing.share.FolderCredential.Secret;
import io.sluice.sharing.share.FolderCredentials;
import io.sluice.sharing.share.SharedTable;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** The catalog's credentials in sharing's words. A store's own keys are never among them: they open all of it. */
record VendedFolders(Vending vending, Map<String, SluiceConfig.Store> stores) implements FolderCredentials {
    @Override
    public boolean canOpen(URI place) {
        return !place.getScheme().equals("file")
                && vending.opener(place.toString()).filter(this::givesSessions).isPresent();
    }

    private boolean givesSessions(StorageIdentity identity) {
        return !(identity instanceof StorageIdentity.ConfiguredStore configured)
                || Optional.ofNullable(stores.get(configured.name()))
                        .filter(store -> store.vending() == SluiceConfig.Handout.SESSIONS)
                        .isPresent();
    }

    @Override
    public FolderCredential open(Recipient recipient, SharedTable table, URI folder) {
        VendedCredentials vended =
                vending.forRecipient(Deliveries.user(recipient.name()), table.name(), folder.toString());
        return new FolderCredential(folder, secret(vended), vended.expiresAt().orElseThrow(VendedFolders::unconfined));
    }

    private Secret secret(VendedCredentials vended) {
        if (vended instanceof VendedCredentials.S3Keys keys)
            return new FolderCredential.AwsSession(
                    keys.accessKeyId(),
                    keys.secretAccessKey(),
                    keys.sessionToken().orElseThrow(VendedFolders::unconfined),
                    keys.endpoint().map(this::asRecipientsReachIt));
        if (vended instanceof VendedCredentials.AzureSas azure) return new FolderCredential.AzureSas(azure.sasToken());
        if (vended instanceof VendedCredentials.GoogleToken google)
            return new FolderCredential.GoogleToken(google.oauthToken());
        throw unconfined();
    }

    private FolderCredential.Endpoint asRecipientsReachIt(VendedCredentials.S3Keys.Endpoint own) {
        URI reachable = stores.values().stream()
                .filter(store -> store.endpoint().equals(Optional.of(own.uri())))
                .flatMap(store -> store.publicEndpoint().stream())
                .findFirst()
                .orElse(own.uri());
        return new FolderCredential.Endpoint(reachable, own.region(), own.isPathStyle());
    }

    private static Failure unconfined() {
        return Failure.unsupported(
                "The table's store gives no credentials for a single folder. Query the table for file URLs.");
    }
}
