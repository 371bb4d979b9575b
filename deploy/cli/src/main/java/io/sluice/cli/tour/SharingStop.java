package io.sluice.cli.tour;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cli.exit.CommandFailure;
import io.sluice.cli.http.Json;
import io.sluice.cli.http.Route;
import io.sluice.cli.http.SluiceServer;
import io.sluice.cli.tour.Recipient.Shared;
import io.sluice.cli.tour.Recipient.SharedTable;
import java.util.List;

/** Job two: a recipient with nothing but a profile file reads real Parquet. */
record SharingStop(SluiceServer server, Guide guide) {

    void visit(World world) {
        Recipient recipient = Recipient.fromFile(world.shareProfile());
        List<Shared> tables = recipient.tables(world.share());
        if (tables.isEmpty())
            throw CommandFailure.difference("The recipient of the share %s sees no table.", world.share());
        guide.stop(
                "A share is read by people outside",
                "The recipient holds the profile " + world.shareProfile() + " and uses any Delta Sharing client.",
                "sluice share list",
                "sluice share preview %s %s".formatted(world.share(), tables.get(0)));
        tables.forEach(table -> read(recipient, table));
    }

    private void read(Recipient recipient, Shared table) {
        SharedTable answer = recipient.query(table);
        if (answer.files().isEmpty()) throw CommandFailure.difference("The shared table %s has no files.", table);
        Parquet.digests(recipient, answer.files());
        long previewed = previewRows(table);
        if (previewed != Math.min(PREVIEW_LIMIT, answer.rows()))
            throw CommandFailure.difference(
                    "The preview of %s has %d rows (limit %d); the recipient's answer has %d.",
                    table, previewed, PREVIEW_LIMIT, answer.rows());
        guide.saw(
                "%s at version %d: %d rows in %d Parquet files, %d bytes downloaded and whole",
                table, answer.version(), answer.rows(), answer.files().size(), answer.bytes());
    }

    private static final int PREVIEW_LIMIT = 5;

    private long previewRows(Shared table) {
        JsonNode preview = server.get(Route.sluice("shares", table.share(), "preview")
                .with("table", table.toString())
                .with("limit", PREVIEW_LIMIT));
        return Json.elements(preview.path("rows")).size();
    }
}
