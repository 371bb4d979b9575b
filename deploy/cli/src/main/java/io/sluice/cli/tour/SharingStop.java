package io.sluice.cli.tour;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cli.exit.CommandFailure;
import io.sluice.cli.http.Json;
import io.sluice.cli.http.Route;
import io.sluice.cli.http.ShareReader;
import io.sluice.cli.http.SluiceServer;
import io.sluice.cli.tour.Recipient.Shared;
import io.sluice.cli.tour.Recipient.SharedTable;
import io.sluice.client.Query;
import io.sluice.client.TableRef;
import java.util.List;
import java.util.Optional;

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
        ShareReader reader = ShareReader.with(world.shareProfile());
        tables.forEach(table -> read(recipient, reader, table));
    }

    /** Files by hand where they are the whole truth, rows by the client everywhere. */
    private void read(Recipient recipient, ShareReader reader, Shared table) {
        Optional<SharedTable> files = recipient.queryPlain(table);
        files.ifPresent(answer -> download(recipient, table, answer));
        long rows = rows(reader, table);
        if (files.isPresent() && files.get().rows() != rows)
            throw CommandFailure.difference(
                    "The files of %s tell of %d rows; %d were read.",
                    table, files.get().rows(), rows);
        long previewed = previewRows(table);
        if (previewed != Math.min(PREVIEW_LIMIT, rows))
            throw CommandFailure.difference(
                    "The preview of %s has %d rows (limit %d); the recipient reads %d.",
                    table, previewed, PREVIEW_LIMIT, rows);
        if (files.isEmpty()) guide.saw("%s: %d rows, without those that its deletion vectors hide", table, rows);
    }

    private void download(Recipient recipient, Shared table, SharedTable answer) {
        if (answer.files().isEmpty()) throw CommandFailure.difference("The shared table %s has no files.", table);
        Parquet.digests(recipient, answer.files());
        guide.saw(
                "%s at version %d: %d rows in %d Parquet files, %d bytes downloaded and whole",
                table, answer.version(), answer.rows(), answer.files().size(), answer.bytes());
    }

    private static long rows(ShareReader reader, Shared table) {
        return reader.rows(new TableRef(table.share(), table.schema(), table.table()), Query.all(), rows -> {
            long count = 0;
            for (; rows.hasNext(); rows.next()) count++;
            return count;
        });
    }

    private static final int PREVIEW_LIMIT = 5;

    private long previewRows(Shared table) {
        JsonNode preview = server.get(Route.sluice("shares", table.share(), "preview")
                .with("table", table.toString())
                .with("limit", PREVIEW_LIMIT));
        return Json.elements(preview.path("rows")).size();
    }
}
