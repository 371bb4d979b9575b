package io.sluice.sharing.query;

import io.sluice.model.failure.Failure;
import io.sluice.model.work.AuditEntry;
import io.sluice.sharing.Page;
import io.sluice.sharing.PageRequest;
import io.sluice.sharing.asset.AssetCatalog;
import io.sluice.sharing.asset.AssetKind;
import io.sluice.sharing.asset.FolderCredentials;
import io.sluice.sharing.asset.ModelVersion;
import io.sluice.sharing.recipient.Recipient;
import io.sluice.sharing.share.GivenAsset;
import io.sluice.sharing.share.ShareContents;
import io.sluice.sharing.share.ShareName;
import io.sluice.sharing.share.SharedAs;
import io.sluice.sharing.share.SharedAssets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Volumes and models as a recipient finds them, and credentials for their files: by the rights of the share's owner,
 * for reading, for one folder. Each credential that is given out leaves an audit row.
 */
public final class SharedFolders {
    private final ShareListing listing;
    private final SharedAssets assets;
    private final AssetCatalog catalog;
    private final Consumer<AuditEntry> audit;

    /** @param audit takes rows on any pod, whatever it owns */
    public SharedFolders(ShareListing listing, SharedAssets assets, AssetCatalog catalog, Consumer<AuditEntry> audit) {
        this.listing = listing;
        this.assets = assets;
        this.catalog = catalog;
        this.audit = audit;
    }

    /** Which one, as recipients name it. */
    public record Address(AssetKind kind, ShareName share, SharedAs name) {}

    public record GivenVersion(GivenAsset model, ModelVersion version) {}

    public Page<GivenAsset> list(
            Recipient recipient, AssetKind kind, ShareName share, Optional<String> schema, PageRequest page) {
        ShareContents contents = listing.entry(recipient, share).contents();
        Optional<String> wanted = schema.map(name -> name.toLowerCase(Locale.ROOT));
        if (wanted.isPresent() && !contents.schemaNames().contains(wanted.get()))
            throw Failure.notFound(
                    Failure.Subject.SCHEMA,
                    "Share \"%s\" has no schema \"%s\". List its schemas.",
                    share,
                    wanted.get());
        List<GivenAsset> given = assets.list(contents, kind).stream()
                .filter(asset -> wanted.map(asset.name().schema()::equals).orElse(true))
                .toList();
        return Page.of(given, asset -> ShareListing.key(asset.name()), page);
    }

    public GivenAsset get(Recipient recipient, Address address) {
        return assets.find(listing.entry(recipient, address.share()).contents(), address.kind(), address.name())
                .orElseThrow(() -> Failure.notFound(
                        Failure.Subject.ANYTHING,
                        "There is no %s \"%s.%s\", please contact your share provider for further information.",
                        address.kind().word(),
                        address.share(),
                        address.name()));
    }

    /** Finished versions only, by number. */
    public Page<GivenVersion> versions(Recipient recipient, Address model, PageRequest page) {
        GivenAsset given = get(recipient, model);
        long after = page.after().isEmpty() ? 0 : number(page.after());
        List<GivenVersion> next = catalog.versions(given.asset(), after, page.size() + 1).stream()
                .map(version -> new GivenVersion(given, version))
                .toList();
        return Page.ofNext(next, version -> Long.toString(version.version().number()), page);
    }

    public GivenVersion version(Recipient recipient, Address model, String version) {
        GivenAsset given = get(recipient, model);
        long number = number(version);
        return catalog.versions(given.asset(), number - 1, 1).stream()
                .filter(found -> found.number() == number)
                .findFirst()
                .map(found -> new GivenVersion(given, found))
                .orElseThrow(() -> Failure.notFound(
                        Failure.Subject.ANYTHING, "Model \"%s\" has no finished version %d.", given.name(), number));
    }

    public FolderCredentials credentials(Recipient recipient, Address volume) {
        GivenAsset given = get(recipient, volume);
        requireReadFromAnywhere(recipient);
        FolderCredentials credentials = catalog.forVolume(given.share().owner(), given.asset());
        audit(
                recipient,
                "deltaSharingGenerateTemporaryVolumeCredential",
                volume,
                given.asset().location());
        return credentials;
    }

    public FolderCredentials credentials(Recipient recipient, Address model, String version) {
        GivenVersion given = version(recipient, model, version);
        requireReadFromAnywhere(recipient);
        FolderCredentials credentials =
                catalog.forModel(given.model().share().owner(), given.model().asset(), given.version());
        audit(
                recipient,
                "deltaSharingGenerateTemporaryModelVersionCredential",
                model,
                given.version().location());
        return credentials;
    }

    private static void requireReadFromAnywhere(Recipient recipient) {
        if (!recipient.admission().addresses().admitsAll())
            throw Failure.unsupported(
                    "You are let in from listed addresses only, which the store does not know: a credential would be good"
                            + " everywhere. Ask the provider to lift the list, or to share tables.");
    }

    private void audit(Recipient recipient, String action, Address address, String location) {
        Map<String, String> told = Map.of(
                "recipient_name",
                recipient.name().value(),
                "share",
                address.share().value(),
                "name",
                address.name().toString(),
                "storage_location",
                location);
        audit.accept(AuditEntry.done(recipient.auditName(), "deltaSharing", action, told));
    }

    private static long number(String text) {
        try {
            long number = Long.parseLong(text);
            if (number >= 0) return number;
        } catch (NumberFormatException e) {
            // Answered below, like a negative number.
        }
        throw Failure.invalid("The version is \"%s\". Write a whole number.", text);
    }
}
