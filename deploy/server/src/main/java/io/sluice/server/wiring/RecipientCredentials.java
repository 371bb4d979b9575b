package io.sluice.server.wiring;

import io.sluice.catalog.govern.Vending;
import io.sluice.catalog.vending.StorageIdentity;
import io.sluice.catalog.vending.VendedCredentials;
import io.sluice.model.failure.Failure;
import io.sluice.server.launch.SluiceConfig;
import io.sluice.sharing.asset.FolderCredentials;
import io.sluice.sharing.recipient.Recipient;
import io.sluice.sharing.share.SharedTable;
import io.sluice.sharing.share.TableFolders;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** The catalog's credentials for recipients. A store's own keys are never among them: they open all of it. */
record RecipientCredentials(Vending vending, Map<String, SluiceConfig.Store> stores) implements TableFolders {
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
    public FolderCredentials open(Recipient recipient, SharedTable table, URI folder) {
        return confined(vending.forRecipient(recipient.auditName(), table.name(), folder.toString()));
    }

    /** In sharing's words. Refuses what opens more than its folder. */
    FolderCredentials confined(VendedCredentials vended) {
        if (vended instanceof VendedCredentials.S3Keys keys
                && keys.sessionToken().isPresent())
            return new FolderCredentials.Amazon(
                    keys.accessKeyId(),
                    keys.secretAccessKey(),
                    keys.sessionToken().get(),
                    keys.endpoint().map(this::asRecipientsReachIt),
                    keys.expires());
        if (vended instanceof VendedCredentials.AzureSas sas)
            return new FolderCredentials.Azure(sas.sasToken(), sas.expires());
        if (vended instanceof VendedCredentials.GoogleToken token)
            return new FolderCredentials.Google(token.oauthToken(), token.expires());
        throw Failure.unsupported(
                "The store has only keys that open more than this folder, and they are not given to recipients. Ask the"
                        + " provider to let the store make credentials for a folder.");
    }

    private FolderCredentials.Amazon.Endpoint asRecipientsReachIt(VendedCredentials.S3Keys.Endpoint own) {
        URI reachable = stores.values().stream()
                .filter(store -> store.endpoint().equals(Optional.of(own.uri())))
                .flatMap(store -> store.publicEndpoint().stream())
                .findFirst()
                .orElse(own.uri());
        return new FolderCredentials.Amazon.Endpoint(reachable, own.region(), own.isPathStyle());
    }
}
