package io.sluice.sharing.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.sharing.Page;
import io.sluice.sharing.internal.Json;
import io.sluice.sharing.share.ListedTable;
import io.sluice.sharing.share.Share;
import io.sluice.sharing.share.ShareName;
import java.net.URI;
import java.util.Optional;
import java.util.function.Function;

/** The lists of the sharing protocol, in camelCase. */
public final class ProtocolJson {
    /** By which calls a table is read: all are by those for Delta tables, whatever lies behind them. */
    private static final String FORMAT = "delta";

    private ProtocolJson() {}

    public static <T> ObjectNode page(Page<T> page, Function<T, ObjectNode> item) {
        ObjectNode json = Json.object();
        ArrayNode items = json.putArray("items");
        page.items().forEach(element -> items.add(item.apply(element)));
        page.nextToken().ifPresent(token -> json.put("nextPageToken", token));
        return json;
    }

    public static ObjectNode share(Share share) {
        ObjectNode json = Json.object();
        json.put("name", share.name().value());
        json.put("id", share.id().value());
        share.comment().ifPresent(comment -> json.put("comment", comment));
        return json;
    }

    public static ObjectNode wrappedShare(Share share) {
        return Json.object().set("share", share(share));
    }

    public static Function<String, ObjectNode> schemaOf(ShareName share) {
        return schema -> Json.object().put("name", schema).put("share", share.value());
    }

    /** @param folder where it can be read as a folder */
    public static ObjectNode table(ListedTable table, Optional<URI> folder) {
        ObjectNode json = Json.object()
                .put("name", table.name().table())
                .put("schema", table.name().schema())
                .put("share", table.share().name().value())
                .put("shareId", table.share().id().value())
                .put("id", table.table().id());
        putAccess(json, folder);
        return json;
    }

    /** As a table is answered on its own. */
    public static ObjectNode describedTable(ListedTable table, Optional<URI> folder) {
        return table(table, folder).put("format", FORMAT);
    }

    /** By which ways a table can be read. Without a word, by file URLs only. */
    static void putAccess(ObjectNode json, Optional<URI> folder) {
        folder.ifPresent(place -> json.put("location", place.toString())
                .putArray("accessModes")
                .add("url")
                .add("dir"));
    }
}
