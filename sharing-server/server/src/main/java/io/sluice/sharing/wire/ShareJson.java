package io.sluice.sharing.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.sharing.Page;
import io.sluice.sharing.internal.Json;
import io.sluice.sharing.share.Share;
import io.sluice.sharing.share.ShareName;
import io.sluice.sharing.share.SharePatch;
import io.sluice.sharing.share.ShareView;
import java.util.Optional;
import java.util.Set;

/** Shares in the hosted management API: snake_case, times in epoch milliseconds. */
public final class ShareJson {
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
                body.objects("updates").stream().map(SharedDataJson::change).toList());
    }

    public static ObjectNode share(ShareView view, boolean withObjects) {
        ObjectNode json = share(view.share());
        if (withObjects) {
            ArrayNode objects = json.putArray("objects");
            view.objects().forEach(object -> objects.add(SharedDataJson.table(object)));
            view.schemas().forEach(schema -> objects.add(SharedDataJson.schema(schema)));
            view.assets().forEach(asset -> objects.add(SharedDataJson.asset(asset)));
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
}
