package io.sluice.chargeback.ledger;

import io.sluice.model.place.Lane;
import io.sluice.model.place.Region;
import io.sluice.model.usage.ByteCount;
import io.sluice.model.usage.TransferReceipt;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Puts entries together from rows of entry joined with posting, in the order of sequence and line. */
final class EntryRows {
    private EntryRows() {}

    /** @param posting null for an entry without postings */
    record Row(LedgerEntry entryWithoutPostings, @Nullable Posting posting) {}

    static Row read(ResultSet row, StatementContext context) throws SQLException {
        LedgerEntry entry = new LedgerEntry(
                row.getLong("sequence"),
                receipt(row),
                List.of(),
                Micros.toInstant(row.getLong("recorded_at")),
                row.getString("previous_hash"),
                row.getString("hash"));
        @Nullable String account = row.getString("account");
        return new Row(entry, account == null ? null : new Posting(new Account(account), row.getLong("bytes")));
    }

    static void group(Iterator<Row> rows, Consumer<LedgerEntry> reader) {
        @Nullable LedgerEntry open = null;
        List<Posting> postings = new ArrayList<>();
        while (rows.hasNext()) {
            Row row = rows.next();
            if (open != null && open.sequence() != row.entryWithoutPostings().sequence()) {
                reader.accept(with(open, postings));
                postings.clear();
            }
            open = row.entryWithoutPostings();
            if (row.posting() != null) postings.add(row.posting());
        }
        if (open != null) reader.accept(with(open, postings));
    }

    private static LedgerEntry with(LedgerEntry entry, List<Posting> postings) {
        return new LedgerEntry(
                entry.sequence(), entry.receipt(), postings, entry.recordedAt(), entry.previousHash(), entry.hash());
    }

    private static TransferReceipt receipt(ResultSet row) throws SQLException {
        return new TransferReceipt(
                row.getString("receipt_id"),
                row.getString("replica"),
                row.getString("producer"),
                new Lane(Region.parse(row.getString("lane_from")), Region.parse(row.getString("lane_to"))),
                row.getLong("from_version"),
                row.getLong("to_version"),
                ByteCount.of(row.getLong("wire_bytes")),
                ByteCount.of(row.getLong("logical_bytes")),
                Math.toIntExact(row.getLong("files")),
                Micros.toInstant(row.getLong("started_at")),
                Micros.toInstant(row.getLong("occurred_at")));
    }
}
