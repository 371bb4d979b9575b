package io.sluice.server.wiring;

import io.sluice.catalog.access.Authorizer;
import io.sluice.catalog.access.Caller;
import io.sluice.catalog.govern.Governance;
import io.sluice.catalog.record.AssetRecord;
import io.sluice.catalog.record.ModelVersionRecord;
import io.sluice.catalog.vending.Access;
import io.sluice.model.failure.Failure;
import io.sluice.model.grant.Privilege;
import io.sluice.model.grant.SecurableType;
import io.sluice.model.name.TableName;
import io.sluice.sharing.asset.AssetCatalog;
import io.sluice.sharing.asset.AssetKind;
import io.sluice.sharing.asset.FolderCredentials;
import io.sluice.sharing.asset.FoundAsset;
import io.sluice.sharing.asset.ModelVersion;
import java.util.List;
import java.util.Optional;

/** The catalog's volumes and models in sharing's words. */
record AssetsForSharing(Governance governance, RecipientCredentials credentials) implements AssetCatalog {
    @Override
    public Optional<FoundAsset> find(AssetKind kind, TableName name) {
        return governance.schemaContents().asset(type(kind), name).map(asset -> found(kind, name, asset));
    }

    @Override
    public FoundAsset requireShareable(String principal, AssetKind kind, TableName name) {
        FoundAsset asset = find(kind, name)
                .orElseThrow(() -> Failure.notFound(Failure.Subject.ANYTHING, "There is no %s %s.", kind.word(), name));
        if (!governance.schemaContents().mayUse(new Caller(principal), type(kind), name, privilege(kind)))
            throw Authorizer.denied(new Caller(principal), "share " + kind.word(), name);
        requireOpenable(asset);
        return asset;
    }

    @Override
    public List<ModelVersion> versions(FoundAsset model, long after, int most) {
        return governance.models().finished(model.id(), after, most).stream()
                .map(AssetsForSharing::version)
                .toList();
    }

    @Override
    public FolderCredentials forVolume(String principal, FoundAsset volume) {
        return credentials.confined(governance.vending().forVolume(new Caller(principal), volume.id(), Access.READ));
    }

    @Override
    public FolderCredentials forModel(String principal, FoundAsset model, ModelVersion version) {
        return credentials.confined(governance
                .vending()
                .forModelVersion(new Caller(principal), model.name(), version.number(), Access.READ));
    }

    /** Recipients read the files themselves, so a credential must be able to open the folder to them. */
    private void requireOpenable(FoundAsset asset) {
        if (governance.schemaContents().keyScope(asset.name().catalog()).isPresent())
            throw Failure.invalid(
                    "The files of %s %s are sealed, and recipients would get ciphertext. Share what is in it as a"
                            + " table, or move it to a catalog that is not sealed.",
                    asset.kind().word(), asset.name());
        if (asset.location().startsWith("file:"))
            throw Failure.invalid(
                    "The files of %s %s lie in a folder of this machine, which no credential opens to recipients. Move"
                            + " them to an object store.",
                    asset.kind().word(), asset.name());
    }

    private static FoundAsset found(AssetKind kind, TableName name, AssetRecord asset) {
        return new FoundAsset(
                kind, asset.id(), name, String.valueOf(asset.location()), Optional.ofNullable(asset.comment()));
    }

    private static ModelVersion version(ModelVersionRecord record) {
        return new ModelVersion(
                record.id(),
                record.version(),
                record.location(),
                record.source(),
                Optional.ofNullable(record.runId()),
                Optional.ofNullable(record.comment()));
    }

    private static SecurableType type(AssetKind kind) {
        return switch (kind) {
            case VOLUME -> SecurableType.VOLUME;
            case MODEL -> SecurableType.REGISTERED_MODEL;
        };
    }

    private static Privilege privilege(AssetKind kind) {
        return switch (kind) {
            case VOLUME -> Privilege.READ_VOLUME;
            case MODEL -> Privilege.EXECUTE;
        };
    }
}
