package io.sluice.sharing.asset;

import io.sluice.model.name.TableName;
import java.util.List;
import java.util.Optional;

/** Volumes and models of the catalog as sharing sees them. Plugged in by the server. */
public interface AssetCatalog {
    /** What has the name now, whoever asks. */
    Optional<FoundAsset> find(AssetKind kind, TableName name);

    /**
     * The asset, if {@code principal} may give it to others. Throws a {@code Failure} otherwise: denied, not found, or
     * invalid where no credential could open its folder, and nothing else, to recipients.
     */
    FoundAsset requireShareable(String principal, AssetKind kind, TableName name);

    /** Finished versions of a model behind a number, up to so many. */
    List<ModelVersion> versions(FoundAsset model, long after, int most);

    /** Opens a volume's folder by the rights of {@code principal}. Throws {@code UNSUPPORTED} where nothing does. */
    FolderCredentials forVolume(String principal, FoundAsset volume);

    FolderCredentials forModel(String principal, FoundAsset model, ModelVersion version);
}
