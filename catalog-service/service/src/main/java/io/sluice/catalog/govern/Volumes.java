package io.sluice.catalog.govern;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sluice.catalog.access.Caller;
import io.sluice.catalog.govern.Assets.Draft;
import io.sluice.catalog.govern.Assets.Key;
import io.sluice.catalog.snapshot.AssetNode;
import io.sluice.catalog.snapshot.SchemaNode;
import io.sluice.model.failure.Failure;
import io.sluice.model.grant.Privilege;
import io.sluice.model.grant.SecurableType;
import io.sluice.model.name.TableName;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Folders of files that are no tables. */
public final class Volumes {
    private final Assets assets;
    private final Locator locate;
    private final ExternalLocations locations;

    Volumes(Assets assets, Locator locate, ExternalLocations locations) {
        this.assets = assets;
        this.locate = locate;
        this.locations = locations;
    }

    public enum VolumeType {
        MANAGED,
        EXTERNAL
    }

    public AssetNode create(
            Caller caller, TableName name, VolumeType type, @Nullable String location, @Nullable String comment) {
        Key key = new Key(SecurableType.VOLUME, name.schema(), name.table());
        String id = UUID.randomUUID().toString();
        return assets.create(
                caller,
                key,
                id,
                new Draft(
                        location(caller, name, type, location, id),
                        comment,
                        JsonNodeFactory.instance.objectNode().put("volume_type", type.name())));
    }

    private String location(Caller caller, TableName name, VolumeType type, @Nullable String location, String id) {
        Locator.InCatalog in = locate.enter(name.catalog());
        SchemaNode schema = in.schema(name.schema());
        if (type == VolumeType.MANAGED) {
            if (location != null)
                throw Failure.invalid(
                        "Volume %s is MANAGED, so its storage_location is chosen here. Leave it out, or make the"
                                + " volume EXTERNAL.",
                        name);
            return ManagedStorage.location(in.catalog().catalog(), schema.schema(), "volumes", id);
        }
        if (location == null)
            throw Failure.invalid("Volume %s is EXTERNAL and has no storage_location. Give it one.", name);
        String normalised = Locations.normalised(location);
        locations.requireRight(caller, Privilege.CREATE_EXTERNAL_VOLUME, normalised);
        ManagedStorage.requireOutside(normalised);
        return normalised;
    }
}
