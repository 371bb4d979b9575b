package io.sluice.sharing.world;

import io.sluice.model.failure.Failure;
import io.sluice.model.name.TableName;
import io.sluice.sharing.asset.AssetCatalog;
import io.sluice.sharing.asset.AssetKind;
import io.sluice.sharing.asset.FolderCredentials;
import io.sluice.sharing.asset.FoundAsset;
import io.sluice.sharing.asset.ModelVersion;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Volumes and models by name, whose credentials say for whom and what they are. */
public final class TestAssets implements AssetCatalog {
    public static final Instant END = Instant.parse("2030-01-01T00:00:00Z");

    private final Map<String, FoundAsset> assets = new HashMap<>();
    private final Set<String> denied = new HashSet<>();
    /** The numbers of the finished versions, of every model. */
    public List<Long> finished = List.of();

    public void put(AssetKind kind, String name) {
        assets.put(
                kind + name,
                new FoundAsset(
                        kind,
                        UUID.randomUUID().toString(),
                        TableName.parse(name),
                        "s3://bucket/" + name,
                        Optional.of("about " + name)));
    }

    public void drop(AssetKind kind, String name) {
        assets.remove(kind + name);
    }

    public void deny(String principal, String name) {
        denied.add(principal + name);
    }

    @Override
    public Optional<FoundAsset> find(AssetKind kind, TableName name) {
        return Optional.ofNullable(assets.get(kind + name.toString()));
    }

    @Override
    public FoundAsset requireShareable(String principal, AssetKind kind, TableName name) {
        if (denied.contains(principal + name)) throw Failure.denied("%s may not share %s.", principal, name);
        return find(kind, name)
                .orElseThrow(() -> Failure.notFound(Failure.Subject.ANYTHING, "No %s %s.", kind.word(), name));
    }

    @Override
    public List<ModelVersion> versions(FoundAsset model, long after, int most) {
        return finished.stream()
                .filter(number -> number > after)
                .limit(most)
                .map(number -> new ModelVersion(
                        "v" + number,
                        number,
                        model.location() + "/" + number,
                        "run",
                        Optional.empty(),
                        Optional.empty()))
                .toList();
    }

    @Override
    public FolderCredentials forVolume(String principal, FoundAsset volume) {
        return new FolderCredentials.Azure(principal + " " + volume.location(), END);
    }

    @Override
    public FolderCredentials forModel(String principal, FoundAsset model, ModelVersion version) {
        return new FolderCredentials.Google(principal + " " + version.location(), END);
    }
}
