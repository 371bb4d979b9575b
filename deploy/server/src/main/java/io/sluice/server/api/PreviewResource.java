package io.sluice.server.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.catalog.rest.Callers;
import io.sluice.catalog.rest.Wire;
import io.sluice.lake.table.TableRow;
import io.sluice.model.failure.Failure;
import io.sluice.sharing.query.SharePreview;
import io.sluice.sharing.recipient.RecipientName;
import io.sluice.sharing.share.ShareName;
import io.sluice.sharing.share.SharedAs;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The first rows of a shared table, as a recipient would see them. */
@Path("/api/1.0/sluice/shares/{share}/preview")
@Produces(MediaType.APPLICATION_JSON)
public final class PreviewResource {
    private static final int MOST_ROWS = 1_000;

    private final SharePreview preview;

    public PreviewResource(SharePreview preview) {
        this.preview = preview;
    }

    @GET
    public Response rows(
            @PathParam("share") String share,
            @QueryParam("table") @Nullable String table,
            @QueryParam("recipient") Optional<String> recipient,
            @QueryParam("limit") @DefaultValue("20") int limit,
            @Context SecurityContext security) {
        if (table == null) throw Failure.invalid("The parameter \"table\" is missing. Write schema.table.");
        if (limit < 1 || limit > MOST_ROWS)
            throw Failure.invalid("The limit is %d. Ask for 1 to %d rows.", limit, MOST_ROWS);
        SharePreview.Preview found = preview.rows(
                Callers.of(security).name(),
                ShareName.of(share),
                SharedAs.parse(table),
                recipient.map(RecipientName::of),
                limit);
        return Wire.ok(answer(share, table, found));
    }

    private static ObjectNode answer(String share, String table, SharePreview.Preview found) {
        ObjectNode answer =
                Wire.object().put("share", share).put("table", table).put("version", found.version());
        ArrayNode columns = answer.putArray("columns");
        found.schema()
                .columns()
                .forEach(column -> columns.addObject()
                        .put("name", column.name())
                        .put("type", column.type().name()));
        ArrayNode rows = answer.putArray("rows");
        for (TableRow row : found.rows()) {
            ArrayNode values = rows.addArray();
            for (Object value : row.values()) add(values, value);
        }
        return answer;
    }

    /** Numbers and booleans as such, decimals without loss, everything else in its ISO form. */
    private static void add(ArrayNode values, @Nullable Object value) {
        if (value == null) values.addNull();
        else if (value instanceof Integer number) values.add(number);
        else if (value instanceof Long number) values.add(number);
        else if (value instanceof Double number) values.add(number);
        else if (value instanceof Boolean flag) values.add(flag);
        else if (value instanceof BigDecimal decimal) values.add(decimal.toPlainString());
        else values.add(value.toString());
    }
}
