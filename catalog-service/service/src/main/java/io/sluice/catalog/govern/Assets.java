package io.sluice.catalog.govern;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.catalog.access.Authorizer;
import io.sluice.catalog.access.Caller;
import io.sluice.catalog.record.AssetRecord;
import io.sluice.catalog.record.Change;
import io.sluice.catalog.record.Stamp;
import io.sluice.catalog.snapshot.AssetNode;
import io.sluice.catalog.snapshot.RootSnapshot;
import io.sluice.catalog.snapshot.SchemaNode;
import io.sluice.catalog.store.CatalogStore;
import io.sluice.catalog.store.DropStore;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.Failure.Subject;
import io.sluice.model.grant.Privilege;
import io.sluice.model.grant.SecurableType;
import io.sluice.model.name.EntityName;
import io.sluice.model.name.SchemaName;
import io.sluice.model.name.TableName;
import io.sluice.model.work.AuditEntry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Volumes, functions and models in schemas; credentials and external locations in the metastore. */
public final class Assets {
    private final Locator locate;
    private final Writes writes;
    private final CatalogStore store;
    private final DropStore drops = new DropStore();
    private final TakenLocations taken;
    private final Clock clock;

    Assets(Locator locate, Writes writes, CatalogStore store, TakenLocations taken, Clock clock) {
        this.locate = locate;
        this.writes = writes;
        this.store = store;
        this.taken = taken;
        this.clock = clock;
    }

    /**
     * Which asset.
     *
     * @param schema null for what stands in the metastore itself
     */
    public record Key(SecurableType type, @Nullable SchemaName schema, EntityName name) {
        public static Key parse(SecurableType type, String fullName) {
            if (isOfMetastore(type)) return new Key(type, null, EntityName.of(fullName));
            var name = TableName.parse(fullName);
            return new Key(type, name.schema(), name.table());
        }

        Key named(EntityName other) {
            return new Key(type, schema, other);
        }

        @Override
        public String toString() {
            return schema == null ? name.value() : schema + "." + name;
        }

        String kind() {
            return type.wireName().replace('_', ' ');
        }
    }

    /** What makes an asset, its place apart. */
    public record Draft(@Nullable String location, @Nullable String comment, JsonNode details) {}

    /** What is to change; what is null stays. */
    public record Patch(
            @Nullable EntityName newName,
            @Nullable String comment,
            @Nullable String owner,
            @Nullable String location,
            UnaryOperator<JsonNode> details) {

        public static Patch of(@Nullable EntityName newName, @Nullable String comment, @Nullable String owner) {
            return new Patch(newName, comment, owner, null, UnaryOperator.identity());
        }
    }

    public AssetNode create(Caller caller, Key key, Draft draft) {
        return create(caller, key, UUID.randomUUID().toString(), draft);
    }

    /** As above with an id that was needed beforehand, for a location that carries it. */
    AssetNode create(Caller caller, Key key, String id, Draft draft) {
        AssetPlace place = place(key);
        if (!place.mayCreate(caller)) throw Authorizer.denied(caller, "create " + key.kind(), key);
        Failure exists = Failure.alreadyExists(
                Subject.ANYTHING, "There is a %s %s already. Pick another name.", key.kind(), key);
        if (place.find().isPresent()) throw exists;
        AssetRecord asset = new AssetRecord(
                id,
                key.type(),
                key.schema(),
                key.name(),
                draft.location(),
                draft.comment(),
                draft.details(),
                Stamp.created(caller.name(), clock.millis()),
                1);
        try {
            writes.write(
                    place.territory(),
                    place.log(),
                    audit(caller, "create", key),
                    connection -> {
                        store.insert(
                                connection,
                                place.log(),
                                Optional.of(place.parentId()),
                                key.name().value(),
                                asset);
                        requireRoom(connection, asset);
                    },
                    new Change.AssetPut(asset));
        } catch (Failure e) {
            throw Duplicates.told(e, exists);
        }
        return place(key).find().orElseThrow();
    }

    /** An external location covers what lies in it; anything else has its folder to itself. */
    private void requireRoom(Connection connection, AssetRecord asset) throws SQLException {
        if (asset.location() == null) return;
        if (asset.schema() == null) taken.requireApart(connection, asset);
        else taken.take(connection, asset.location(), asset.id());
    }

    public AssetNode get(Caller caller, Key key) {
        AssetPlace place = place(key);
        AssetNode asset = place.get();
        if (!place.maySee(asset, caller)) throw Authorizer.denied(caller, "see " + key.kind(), key);
        return asset;
    }

    /** The asset for a caller who holds the privilege on it. */
    public AssetRecord use(Caller caller, Key key, Privilege privilege) {
        AssetPlace place = place(key);
        AssetNode asset = place.get();
        if (!place.mayUse(asset, caller, privilege))
            throw Authorizer.denied(caller, privilege.spaced() + " on " + key.kind(), key);
        return asset.asset();
    }

    /** The asset for a caller who may change it. */
    AssetNode controlled(Caller caller, Key key) {
        AssetPlace place = place(key);
        AssetNode asset = place.get();
        if (!place.controls(asset, caller)) throw Authorizer.denied(caller, "change " + key.kind(), key);
        return asset;
    }

    public Page<AssetNode> list(Caller caller, SecurableType type, @Nullable SchemaName schema, Page.Request request) {
        if (schema == null) {
            RootSnapshot root = locate.root();
            return Page.of(
                    root.assets().of(type), EntityName::of, request, asset -> Authorizer.maySee(root, asset, caller));
        }
        Locator.InCatalog in = locate.look(caller, schema.catalog());
        SchemaNode node = in.schema(schema);
        if (!Authorizer.maySee(in.root(), in.catalog(), node, caller))
            throw Authorizer.denied(caller, "see schema", schema);
        return Page.of(
                node.assets().of(type),
                EntityName::of,
                request,
                asset -> Authorizer.maySee(in.root(), in.catalog(), node, asset, caller));
    }

    public AssetNode update(Caller caller, Key key, Patch patch) {
        AssetNode now = controlled(caller, key);
        AssetPlace place = place(key);
        String owner = patch.owner();
        if (owner != null && !locate.root().knows(owner))
            throw Failure.notFound(Subject.ANYTHING, "There is no user or group %s to own %s.", owner, key);
        Key next = patch.newName() == null ? key : key.named(patch.newName());
        boolean isRenamed = !next.equals(key);
        Failure exists = Failure.alreadyExists(
                Subject.ANYTHING, "There is a %s %s already. Pick another name.", key.kind(), next);
        if (isRenamed && place(next).find().isPresent()) throw exists;

        AssetRecord asset = changed(now.asset(), next, patch, caller);
        try {
            writes.decide(place.territory(), place.log(), transaction -> {
                Connection connection = transaction.connection();
                Versions.requireUpdated(store.update(connection, asset), key.kind() + " " + key);
                if (patch.location() != null) requireRoom(connection, asset);
                transaction.audit(audit(caller, "update", key));
                if (!isRenamed) return List.of(new Change.AssetPut(asset));
                store.rename(connection, asset.id(), next.name().value());
                return List.of(
                        new Change.AssetGone(key.type(), key.schema(), key.name()),
                        new Change.AssetPut(asset),
                        new Change.GrantsPut(key.type(), asset.fullName(), store.grantsOn(connection, asset.id())));
            });
        } catch (Failure e) {
            throw Duplicates.told(e, exists);
        }
        return place(next).find().orElseThrow();
    }

    private AssetRecord changed(AssetRecord now, Key next, Patch patch, Caller caller) {
        Stamp stamp = now.stamp().updated(caller.name(), clock.millis());
        return new AssetRecord(
                now.id(),
                now.type(),
                now.schema(),
                next.name(),
                patch.location() == null ? now.location() : patch.location(),
                patch.comment() == null ? now.comment() : patch.comment(),
                patch.details().apply(now.details()),
                patch.owner() == null ? stamp : stamp.ownedBy(patch.owner()),
                now.version() + 1);
    }

    public void delete(Caller caller, Key key) {
        AssetNode asset = controlled(caller, key);
        AssetPlace place = place(key);
        writes.write(
                place.territory(),
                place.log(),
                audit(caller, "delete", key),
                connection -> {
                    drops.doom(connection, asset.asset().id(), clock.millis());
                    store.delete(connection, asset.asset().id());
                },
                new Change.AssetGone(key.type(), key.schema(), key.name()));
    }

    private static boolean isOfMetastore(SecurableType type) {
        return type == SecurableType.CREDENTIAL || type == SecurableType.EXTERNAL_LOCATION;
    }

    private static AuditEntry audit(Caller caller, String verb, Key key) {
        return AuditEntry.done(
                caller.name(), "unityCatalog", verb + named(key.type()), Map.of("full_name", key.toString()));
    }

    /** As the audit log of Unity Catalog spells it: {@code createRegisteredModel}. */
    private static String named(SecurableType type) {
        StringBuilder name = new StringBuilder();
        for (String word : type.wireName().split("_"))
            name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        return name.toString();
    }

    private AssetPlace place(Key key) {
        SchemaName schema = key.schema();
        return schema == null
                ? new AssetPlace.InMetastore(locate.root(), key)
                : new AssetPlace.InSchema(locate.enter(schema.catalog()), schema, key);
    }
}
