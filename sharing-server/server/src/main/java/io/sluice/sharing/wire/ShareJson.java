package io.sluice.sharing.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.sharing.Page;
import io.sluice.sharing.internal.Json;
import io.sluice.sharing.share.Share;
import io.sluice.sharing.share.ShareName;
import io.sluice.sharing.share.SharePatch;
import io.sluice.sharing.share.ShareView;
import io.sluice.sharing.share.UrlLife;
import java.util.Optional;
import java.util.Set;

/** Shares in the hosted management API: snake_case, times in epoch milliseconds. */
public final class ShareJson {
    /** A field of our own: hosted shares leave it to their server. */
    private static final String URL_LIFE = "url_lifetime_seconds";

    private ShareJson() {}

    /** The body of a creation. */
    public record NewShare(ShareName name, Optional<String> comment, UrlLife urlLife) {}

    public static NewShare newShare(byte[] bytes) {
        ManagementBody body = ManagementBody.of(
                "the share", Json.body(bytes), Set.of("name", "comment", URL_LIFE), Set.of("storage_root"));
        return new NewShare(
                ShareName.of(body.requiredText("name")),
                body.text("comment"),
                urlLife(body).orElse(UrlLife.DEFAULT));
    }

    public static SharePatch patch(byte[] bytes) {
        ManagementBody body = ManagementBody.of(
                "the share",
                Json.body(bytes),
                Set.of("name", "new_name", "owner", "comment", URL_LIFE, "updates"),
                Set.of("storage_root"));
        return new SharePatch(
                body.text("new_name").map(ShareName::of),
                body.text("owner"),
                body.text("comment"),
                urlLife(body),
                body.objects("updates").stream().map(SharedDataJson::change).toList());
    }

    private static Optional<UrlLife> urlLife(ManagementBody body) {
        return body.wholeNumber(URL_LIFE).map(UrlLife::ofSeconds);
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
        json.put(URL_LIFE, share.urlLife().most().toSeconds());
        AuthorshipJson.put(json, share.authorship());
        return json;
    }
}
