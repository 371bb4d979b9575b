package io.sluice.catalog.govern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.catalog.access.Authorizer;
import io.sluice.catalog.access.Caller;
import io.sluice.catalog.govern.Assets.Draft;
import io.sluice.catalog.govern.Assets.Key;
import io.sluice.catalog.govern.Assets.Patch;
import io.sluice.catalog.record.AssetRecord;
import io.sluice.catalog.snapshot.AssetNode;
import io.sluice.catalog.snapshot.RootSnapshot;
import io.sluice.model.failure.Failure;
import io.sluice.model.grant.Privilege;
import io.sluice.model.grant.SecurableType;
import io.sluice.model.name.EntityName;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Folders outside, each opened by a credential. None lies inside another, so each path has one that governs it. */
public final class ExternalLocations {
    private final Assets assets;
    private final Locator locate;

    ExternalLocations(Assets assets, Locator locate) {
        this.assets = assets;
        this.locate = locate;
    }

    /** What a location is to be; what is null stays, or takes its default. */
    public record Wanted(
            @Nullable String url,
            @Nullable EntityName credential,
            @Nullable Boolean readOnly) {}

    public AssetNode create(Caller caller, EntityName name, Wanted wanted, @Nullable String comment) {
        String url = Locations.normalised(Objects.requireNonNull(wanted.url()));
        return assets.create(
                caller,
                key(name),
                new Draft(url, comment, details(caller, wanted, JsonNodeFactory.instance.objectNode())));
    }

    public AssetNode update(
            Caller caller,
            EntityName name,
            Wanted wanted,
            @Nullable EntityName newName,
            @Nullable String comment,
            @Nullable String owner) {
        String url = wanted.url() == null ? null : Locations.normalised(wanted.url());
        return assets.update(
                caller, key(name), new Patch(newName, comment, owner, url, now -> details(caller, wanted, now)));
    }

    private ObjectNode details(Caller caller, Wanted wanted, JsonNode now) {
        ObjectNode details = now.deepCopy();
        if (wanted.credential() != null) {
            AssetRecord credential = assets.use(
                    caller,
                    new Key(SecurableType.CREDENTIAL, null, wanted.credential()),
                    Privilege.CREATE_EXTERNAL_LOCATION);
            details.put("credential_name", credential.name().value()).put("credential_id", credential.id());
        }
        boolean isReadOnly = wanted.readOnly() == null ? now.path("read_only").asBoolean() : wanted.readOnly();
        return details.put("read_only", isReadOnly);
    }

    /** Throws when an external location is opened by the credential. */
    public void requireUnused(EntityName credential) {
        String id = locate.root()
                .assets()
                .find(SecurableType.CREDENTIAL, credential)
                .map(node -> node.asset().id())
                .orElse("");
        for (AssetNode node :
                locate.root().assets().of(SecurableType.EXTERNAL_LOCATION).values())
            if (node.asset().details().path("credential_id").asText().equals(id))
                throw Failure.invalid(
                        "External location %s is opened by credential %s. Give it another one, or pass force=true.",
                        node.asset().name(), credential);
    }

    /** The external location that covers a path. */
    public Optional<AssetNode> covering(String location) {
        return locate.root().assets().of(SecurableType.EXTERNAL_LOCATION).values().stream()
                .filter(node ->
                        Locations.isWithin(location, String.valueOf(node.asset().location())))
                .findFirst();
    }

    /** Throws unless what covers the path gives the right to it. What nothing covers is for the metastore's admin. */
    void requireRight(Caller caller, Privilege privilege, String location) {
        RootSnapshot root = locate.root();
        boolean isAllowed = covering(location)
                .map(node -> Authorizer.mayUse(root, node, caller, privilege))
                .orElseGet(() -> Authorizer.isMetastoreAdmin(root, caller));
        if (!isAllowed) throw Authorizer.denied(caller, privilege.spaced() + " at", location);
    }

    /** The storage root of a catalog or schema, for a caller who may have things kept there. */
    @Nullable
    String storageRoot(Caller caller, @Nullable String wanted) {
        if (wanted == null) return null;
        String root = Locations.normalised(wanted);
        requireRight(caller, Privilege.CREATE_MANAGED_STORAGE, root);
        return root;
    }

    static Key key(EntityName name) {
        return new Key(SecurableType.EXTERNAL_LOCATION, null, name);
    }
}
