package io.sluice.sharing.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.model.failure.Failure;
import io.sluice.model.name.SchemaName;
import io.sluice.model.name.TableName;
import io.sluice.sharing.asset.AssetKind;
import io.sluice.sharing.internal.Json;
import io.sluice.sharing.share.AssetWish;
import io.sluice.sharing.share.HistoryWish;
import io.sluice.sharing.share.ObjectWish;
import io.sluice.sharing.share.PartitionsCodec;
import io.sluice.sharing.share.SchemaWish;
import io.sluice.sharing.share.SharePatch;
import io.sluice.sharing.share.ShareView;
import io.sluice.sharing.share.SharedAs;
import io.sluice.sharing.share.SharedAsset;
import io.sluice.sharing.share.SharedHistory;
import io.sluice.sharing.share.SharedObject;
import io.sluice.sharing.share.SharedSchema;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What shares hold, in the hosted management API: data objects of several types, and updates of them. */
final class SharedDataJson {
    /** What a server says of an object; accepted when it is sent back, and not believed. */
    private static final List<String> ANSWERS = List.of("status", "added_at", "added_by");

    private static final List<String> COMMON = List.of("name", "data_object_type", "comment");
    private static final String ENABLED = "ENABLED";
    private static final String DISABLED = "DISABLED";

    private SharedDataJson() {}

    static ObjectNode table(ShareView.ObjectView view) {
        SharedObject object = view.object();
        ObjectNode json = described(object.table().toString(), "TABLE", object.comment());
        json.put("shared_as", object.sharedAs().toString());
        put(json, object.history());
        if (object.history().isShared())
            json.put("start_version", object.history().startVersion());
        if (!object.partitions().isAll()) json.set("partitions", PartitionsCodec.json(object.partitions()));
        return answered(json, view.isServed(), object.addedAt(), object.addedBy());
    }

    static ObjectNode schema(ShareView.SchemaView view) {
        SharedSchema schema = view.schema();
        ObjectNode json = described(schema.schema().toString(), "SCHEMA", schema.comment());
        json.put("string_shared_as", schema.sharedAs());
        put(json, schema.history());
        return answered(json, view.isServed(), schema.addedAt(), schema.addedBy());
    }

    static ObjectNode asset(ShareView.AssetView view) {
        SharedAsset asset = view.asset();
        ObjectNode json = described(asset.name().toString(), asset.kind().name(), asset.comment());
        json.put("string_shared_as", asset.sharedAs().toString());
        return answered(json, view.isServed(), asset.addedAt(), asset.addedBy());
    }

    static SharePatch.ObjectChange change(ObjectNode json) {
        ManagementBody update = ManagementBody.of("the update", json, Set.of("action", "data_object"), Set.of());
        ObjectNode object = update.object("data_object")
                .orElseThrow(() -> Failure.invalid("The update has no data_object. Name what is shared in one."));
        String action = update.requiredText("action");
        String type = object.path("data_object_type").asText("TABLE");
        return switch (type) {
            case "TABLE" -> tableChange(action, object);
            case "SCHEMA" -> schemaChange(action, object);
            case "VOLUME" -> assetChange(action, AssetKind.VOLUME, object);
            case "MODEL" -> assetChange(action, AssetKind.MODEL, object);
            default ->
                throw Failure.unsupported(
                        "Data objects of type %s are not served. Share a TABLE, a SCHEMA, a VOLUME or a MODEL.", type);
        };
    }

    private static SharePatch.ObjectChange tableChange(String action, ObjectNode json) {
        ManagementBody object = body(
                "the data object",
                json,
                List.of("shared_as", "cdf_enabled", "history_data_sharing_status", "start_version", "partitions"),
                Set.of("string_shared_as", "content"));
        TableName table = TableName.parse(object.requiredText("name"));
        return switch (action) {
            case "ADD" -> new SharePatch.Add(table, tableWish(object));
            case "UPDATE" -> new SharePatch.Update(table, tableWish(object));
            case "REMOVE" -> new SharePatch.Remove(table);
            default -> throw unknownAction(action);
        };
    }

    private static SharePatch.ObjectChange schemaChange(String action, ObjectNode json) {
        ManagementBody object = body(
                "a data object of type SCHEMA",
                json,
                List.of("string_shared_as", "cdf_enabled", "history_data_sharing_status"),
                Set.of("shared_as", "start_version", "partitions", "content"));
        SchemaName schema = SchemaName.parse(object.requiredText("name"));
        return switch (action) {
            case "ADD" -> new SharePatch.AddSchema(schema, schemaWish(object));
            case "UPDATE" -> new SharePatch.UpdateSchema(schema, schemaWish(object));
            case "REMOVE" -> new SharePatch.RemoveSchema(schema);
            default -> throw unknownAction(action);
        };
    }

    private static SharePatch.ObjectChange assetChange(String action, AssetKind kind, ObjectNode json) {
        ManagementBody object = body(
                "a data object of type " + kind,
                json,
                List.of("string_shared_as"),
                Set.of(
                        "shared_as",
                        "cdf_enabled",
                        "history_data_sharing_status",
                        "start_version",
                        "partitions",
                        "content"));
        TableName name = TableName.parse(object.requiredText("name"));
        AssetWish wish = new AssetWish(object.text("string_shared_as").map(SharedAs::parse), object.text("comment"));
        return switch (action) {
            case "ADD" -> new SharePatch.AddAsset(kind, name, wish);
            case "UPDATE" -> new SharePatch.UpdateAsset(kind, name, wish);
            case "REMOVE" -> new SharePatch.RemoveAsset(kind, name);
            default -> throw unknownAction(action);
        };
    }

    private static ManagementBody body(String what, ObjectNode json, List<String> served, Set<String> notServed) {
        Set<String> fields = new HashSet<>(served);
        fields.addAll(COMMON);
        fields.addAll(ANSWERS);
        return ManagementBody.of(what, json, fields, notServed);
    }

    private static ObjectWish tableWish(ManagementBody object) {
        return new ObjectWish(
                object.text("shared_as").map(SharedAs::parse),
                object.text("comment"),
                new HistoryWish(versions(object), changes(object), object.wholeNumber("start_version")),
                object.has("partitions")
                        ? Optional.of(PartitionsJson.read(object.objects("partitions")))
                        : Optional.empty());
    }

    private static SchemaWish schemaWish(ManagementBody object) {
        return new SchemaWish(
                object.text("string_shared_as"), object.text("comment"), versions(object), changes(object));
    }

    private static Optional<Boolean> versions(ManagementBody object) {
        return object.text("history_data_sharing_status").map(SharedDataJson::isEnabled);
    }

    private static Optional<Boolean> changes(ManagementBody object) {
        return object.has("cdf_enabled") ? Optional.of(object.flag("cdf_enabled")) : Optional.empty();
    }

    private static boolean isEnabled(String status) {
        if (status.equals(ENABLED)) return true;
        if (status.equals(DISABLED)) return false;
        throw Failure.invalid("history_data_sharing_status is \"%s\". Use ENABLED or DISABLED.", status);
    }

    private static ObjectNode described(String name, String type, Optional<String> comment) {
        return Json.object().put("name", name).put("data_object_type", type).put("comment", comment.orElse(null));
    }

    private static void put(ObjectNode json, SharedHistory history) {
        json.put("cdf_enabled", history.hasChanges());
        json.put("history_data_sharing_status", history.hasVersions() ? ENABLED : DISABLED);
    }

    private static ObjectNode answered(ObjectNode json, boolean isServed, Instant addedAt, String addedBy) {
        json.put("status", isServed ? "ACTIVE" : "PERMISSION_DENIED");
        json.put("added_at", addedAt.toEpochMilli());
        return json.put("added_by", addedBy);
    }

    private static Failure unknownAction(String action) {
        return Failure.invalid("The action is \"%s\". Use ADD, REMOVE or UPDATE.", action);
    }
}
