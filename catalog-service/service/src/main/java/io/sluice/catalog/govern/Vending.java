package io.sluice.catalog.govern;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.catalog.access.Caller;
import io.sluice.catalog.record.AssetRecord;
import io.sluice.catalog.record.StagingRecord;
import io.sluice.catalog.snapshot.CatalogNode;
import io.sluice.catalog.store.CatalogStore;
import io.sluice.catalog.store.SqlUnitOfWork;
import io.sluice.catalog.vending.Access;
import io.sluice.catalog.vending.CredentialVendor;
import io.sluice.catalog.vending.StorageIdentity;
import io.sluice.catalog.vending.VendedCredentials;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.Failure.Subject;
import io.sluice.model.grant.Privilege;
import io.sluice.model.grant.SecurableType;
import io.sluice.model.name.TableName;
import io.sluice.model.work.AuditEntry;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** Who gets credentials to which files. Each one that is handed out leaves an audit row. */
public final class Vending {
    private final Locator locate;
    private final Tables tables;
    private final ManagedTables managed;
    private final Assets assets;
    private final Models models;
    private final ExternalLocations locations;
    private final TakenLocations taken;
    private final CredentialVendor vendor;
    private final CatalogStore store;
    private final SqlUnitOfWork work;
    private final LongAdder vended = new LongAdder();

    Vending(
            Locator locate,
            Tables tables,
            ManagedTables managed,
            Assets assets,
            Models models,
            ExternalLocations locations,
            TakenLocations taken,
            CredentialVendor vendor,
            CatalogStore store,
            SqlUnitOfWork work) {
        this.locate = locate;
        this.tables = tables;
        this.managed = managed;
        this.assets = assets;
        this.models = models;
        this.locations = locations;
        this.taken = taken;
        this.vendor = vendor;
        this.store = store;
        this.work = work;
    }

    /** Also for a staging table of the caller's, whose first files are to be written. */
    public VendedCredentials forTable(Caller caller, String tableId, Access access) {
        Optional<StagingRecord> staged = managed.staged(caller, tableId);
        return staged.isPresent()
                ? forStaging(caller, staged.get(), access)
                : forTable(caller, tables.nameOf(tableId), access);
    }

    /** For the first files of a table to come, which only the caller who asked for its place may write. */
    public VendedCredentials forStaging(Caller caller, String stagingId) {
        StagingRecord staged = managed.staged(caller, stagingId)
                .orElseThrow(() -> Failure.notFound(
                        Subject.TABLE,
                        "There is no staging table %s of yours, or a table was made of it already.",
                        stagingId));
        return forStaging(caller, staged, Access.READ_WRITE);
    }

    private VendedCredentials forStaging(Caller caller, StagingRecord staged, Access access) {
        return vend(caller, "generateTemporaryTableCredential", staged.name(), staged.location(), access);
    }

    public VendedCredentials forTable(Caller caller, TableName name, Access access) {
        Tables.Usable usable = tables.use(caller, name, access == Access.READ ? Privilege.SELECT : Privilege.MODIFY);
        requirePlain("Table " + name, usable.keyScope());
        return vend(
                caller,
                "generateTemporaryTableCredential",
                name.toString(),
                usable.table().location(),
                access);
    }

    public VendedCredentials forVolume(Caller caller, String volumeId, Access access) {
        AssetRecord volume = work.read(connection -> store.asset(connection, volumeId, SecurableType.VOLUME))
                .orElseThrow(() -> Failure.notFound(Subject.ANYTHING, "No volume has the id %s.", volumeId));
        Privilege privilege = access == Access.READ ? Privilege.READ_VOLUME : Privilege.WRITE_VOLUME;
        AssetRecord allowed = assets.use(caller, Assets.Key.parse(SecurableType.VOLUME, volume.fullName()), privilege);
        requirePlain("Volume " + volume.fullName(), keyScope(TableName.parse(volume.fullName())));
        return vend(
                caller,
                "generateTemporaryVolumeCredential",
                allowed.fullName(),
                String.valueOf(allowed.location()),
                access);
    }

    public VendedCredentials forModelVersion(Caller caller, TableName model, long version, Access access) {
        Models.Version found = access == Access.READ
                ? models.useVersion(caller, model, version, Privilege.EXECUTE)
                : models.writableVersion(caller, model, version);
        requirePlain("Model " + model, keyScope(model));
        return vend(
                caller,
                "generateTemporaryModelVersionCredential",
                model + "/" + version,
                found.record().location(),
                access);
    }

    /** @param privilege what the caller must hold on the external location that covers the path */
    public VendedCredentials forPath(Caller caller, String url, Access access, Privilege privilege) {
        String location = Locations.normalised(url);
        locations.requireRight(caller, privilege, location);
        // Within a table its grants are what counts, and within one that is yet to be made those of its maker.
        ManagedStorage.requireOutside(location);
        taken.requireFree(location);
        return vend(caller, "generateTemporaryPathCredential", location, location, access);
    }

    /** As whom a credential for a folder there would be made. */
    public Optional<StorageIdentity> opener(String place) {
        return covering(place).flatMap(this::credential).map(StorageIdentity::of);
    }

    /**
     * For somebody with whom the table is shared, who is no principal. Whether all that lies there may be read was
     * decided before.
     *
     * @param user for the audit log
     * @param place within the table
     */
    public VendedCredentials forRecipient(String user, TableName table, String place) {
        return vend(
                new Reason(user, "deltaSharing", "deltaSharingGenerateTemporaryTableCredential", table.toString()),
                Locations.normalised(place),
                Access.READ);
    }

    /** Credentials given out since the start. */
    public long vended() {
        return vended.sum();
    }

    private VendedCredentials vend(Caller caller, String action, String name, String location, Access access) {
        return vend(new Reason(caller.name(), "unityCatalog", action, name), location, access);
    }

    /** Who gets a credential, and what they asked for. */
    private record Reason(String user, String service, String action, String name) {}

    /** The location alone says what is opened: properties, which may name other folders, are not looked at. */
    private VendedCredentials vend(Reason reason, String location, Access access) {
        Optional<JsonNode> folder = covering(location);
        Optional<JsonNode> credential = folder.flatMap(this::credential);
        if (access == Access.READ_WRITE && (isReadOnly(folder) || isReadOnly(credential)))
            throw Failure.denied(
                    "The external location that covers %s is read-only, or its credential is. Ask for READ.", location);
        VendedCredentials credentials = vendor.vend(access, location, credential.map(StorageIdentity::of));
        work.audit(AuditEntry.done(
                reason.user(),
                reason.service(),
                reason.action(),
                Map.of("full_name", reason.name(), "operation", access.name(), "storage_location", location)));
        vended.increment();
        return credentials;
    }

    private Optional<JsonNode> covering(String location) {
        return locations.covering(location).map(node -> node.asset().details());
    }

    /** By its id: another one that took over the name was not chosen for the folder. */
    private Optional<JsonNode> credential(JsonNode folder) {
        String id = folder.path("credential_id").asText();
        return locate.root().assets().of(SecurableType.CREDENTIAL).values().stream()
                .filter(node -> node.asset().id().equals(id))
                .map(node -> node.asset().details())
                .findFirst();
    }

    private static boolean isReadOnly(Optional<JsonNode> details) {
        return details.filter(said -> said.path("read_only").asBoolean()).isPresent();
    }

    private Optional<String> keyScope(TableName name) {
        return locate.root()
                .find(name.catalog())
                .map(CatalogNode::catalog)
                .flatMap(catalog -> Optional.ofNullable(catalog.keyScope()));
    }

    private static void requirePlain(String what, Optional<String> keyScope) {
        if (keyScope.isPresent())
            throw Failure.denied(
                    "%s is sealed under the key of %s: its files are ciphertext, so storage credentials would be of no"
                            + " use and would outlive a revocation. Read it through a share.",
                    what, keyScope.get());
    }
}
