package io.sluice.sharing.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.model.failure.Failure;
import io.sluice.model.name.TableName;
import io.sluice.sharing.Page;
import io.sluice.sharing.internal.Json;
import io.sluice.sharing.share.HistoryWish;
import io.sluice.sharing.share.ObjectWish;
import io.sluice.sharing.share.PartitionsCodec;
import io.sluice.sharing.share.Share;
import io.sluice.sharing.share.ShareName;
import io.sluice.sharing.share.SharePatch;
import io.sluice.sharing.share.ShareView;
import io.sluice.sharing.share.SharedAs;
import io.sluice.sharing.share.SharedObject;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Shares in the hosted management API: snake_case, times in epoch milliseconds. */
public final class ShareJson {
    /** What a server says of an object; accepted when it is sent back, and not believed. */
    private static final Set<String> OBJECT_ANSWERS = Set.of("status", "added_at", "added_by");

    private static final Set<String> OBJECT_NOT_SERVED = Set.of("string_shared_as", "content");

    private static final String ENABLED = "ENABLED";
    private static final String DISABLED = "DISABLED";

    private ShareJson() {}

    /** The body of a creation. */
    public record NewShare(ShareName name, Optional<String> comment) {}

    public static NewShare newShare(byte[] bytes) {
        ManagementBody body =
                ManagementBody.of("the share", Json.body(bytes), Set.of("name", "comment"), Set.of("storage_root"));
        return new NewShare(ShareName.of(body.requiredText("name")), body.text("comment"));
    }

    public static SharePatch patch(byte[] bytes) {
        ManagementBody body = ManagementBody.of(
                "the share",
                Json.body(bytes),
                Set.of("name", "new_name", "owner", "comment", "updates"),
                Set.of("storage_root"));
        return new SharePatch(
                body.text("new_name").map(ShareName::of),
                body.text("owner"),
                body.text("comment"),
                body.objects("updates").stream().map(ShareJson::change).toList());
    }

    public static ObjectNode share(ShareView view, boolean withObjects) {
        ObjectNode json = share(view.share());
        if (withObjects) {
            ArrayNode objects = json.putArray("objects");
            view.objects().forEach(object -> objects.add(object(object)));
        }
        return json;
    }

    public static ObjectNode shares(Page<Share> page) {
        ObjectNode json = Json.object();
        ArrayNode shares = json.putArray("shares");
        page.items().forEach(share -> shares.add(share(share)));
        page.nextToken().ifPresent(token -> json.put("next_page_token", token));
        return json;
    }

    private static ObjectNode share(Share share) {
        ObjectNode json = Json.object();
        json.put("id", share.id().value());
        json.put("name", share.name().value());
        json.put("owner", share.owner());
        json.put("comment", share.comment().orElse(null));
        AuthorshipJson.put(json, share.authorship());
        return json;
    }

    private static ObjectNode object(ShareView.ObjectView view) {
        SharedObject object = view.object();
        ObjectNode json = Json.object();
        json.put("name", object.table().toString());
        json.put("data_object_type", "TABLE");
        json.put("shared_as", object.sharedAs().toString());
        json.put("comment", object.comment().orElse(null));
        json.put("cdf_enabled", object.history().hasChanges());
        json.put("history_data_sharing_status", object.history().hasVersions() ? ENABLED : DISABLED);
        if (object.history().isShared())
            json.put("start_version", object.history().startVersion());
        if (!object.partitions().isAll()) json.set("partitions", PartitionsCodec.json(object.partitions()));
        json.put("status", view.isServed() ? "ACTIVE" : "PERMISSION_DENIED");
        json.put("added_at", object.addedAt().toEpochMilli());
        json.put("added_by", object.addedBy());
        return json;
    }

    private static SharePatch.ObjectChange change(ObjectNode json) {
        ManagementBody update = ManagementBody.of("the update", json, Set.of("action", "data_object"), Set.of());
        ManagementBody object = dataObject(update.object("data_object")
                .orElseThrow(() -> Failure.invalid("The update has no data_object. Name the table in one.")));
        TableName table = TableName.parse(object.requiredText("name"));
        String action = update.requiredText("action");
        return switch (action) {
            case "ADD" -> new SharePatch.Add(table, wish(object));
            case "UPDATE" -> new SharePatch.Update(table, wish(object));
            case "REMOVE" -> new SharePatch.Remove(table);
            default -> throw Failure.invalid("The action is \"%s\". Use ADD, REMOVE or UPDATE.", action);
        };
    }

    private static ManagementBody dataObject(ObjectNode json) {
        ManagementBody object = ManagementBody.of("the data object", json, served(), OBJECT_NOT_SERVED);
        String type = object.text("data_object_type").orElse("TABLE");
        if (!type.equals("TABLE"))
            throw Failure.unsupported("Data objects of type %s are not served yet. Share a TABLE.", type);
        return object;
    }

    private static ObjectWish wish(ManagementBody object) {
        return new ObjectWish(
                object.text("shared_as").map(SharedAs::parse),
                object.text("comment"),
                history(object),
                object.has("partitions")
                        ? Optional.of(PartitionsJson.read(object.objects("partitions")))
                        : Optional.empty());
    }

    private static HistoryWish history(ManagementBody object) {
        return new HistoryWish(
                object.text("history_data_sharing_status").map(ShareJson::isEnabled),
                object.has("cdf_enabled") ? Optional.of(object.flag("cdf_enabled")) : Optional.empty(),
                object.wholeNumber("start_version"));
    }

    private static boolean isEnabled(String status) {
        if (status.equals(ENABLED)) return true;
        if (status.equals(DISABLED)) return false;
        throw Failure.invalid("history_data_sharing_status is \"%s\". Use ENABLED or DISABLED.", status);
    }

    private static Set<String> served() {
        Set<String> fields = new HashSet<>(OBJECT_ANSWERS);
        fields.addAll(List.of(
                "name",
                "data_object_type",
                "shared_as",
                "comment",
                "cdf_enabled",
                "history_data_sharing_status",
                "start_version",
                "partitions"));
        return fields;
    }
}
