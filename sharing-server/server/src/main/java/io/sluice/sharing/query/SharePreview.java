package io.sluice.sharing.query;

import io.sluice.lake.delta.TableReader;
import io.sluice.lake.table.TableRow;
import io.sluice.lake.table.TableSchema;
import io.sluice.lake.table.TableSnapshot;
import io.sluice.model.failure.Failure;
import io.sluice.sharing.files.KeyEpoch;
import io.sluice.sharing.files.KeyGate;
import io.sluice.sharing.files.OpenTables;
import io.sluice.sharing.files.StoredTable;
import io.sluice.sharing.recipient.RecipientName;
import io.sluice.sharing.recipient.Recipients;
import io.sluice.sharing.share.GivenTable;
import io.sluice.sharing.share.ShareName;
import io.sluice.sharing.share.ShareView;
import io.sluice.sharing.share.SharedAs;
import io.sluice.sharing.share.SharedTable;
import io.sluice.sharing.share.SharedTables;
import io.sluice.sharing.share.Shares;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows a share's managers what recipients would get: the same rows, refused for the same reasons. */
public final class SharePreview {
    private static final int MAX_ROWS = 1000;

    private final Shares shares;
    private final Recipients recipients;
    private final SharedTables tables;
    private final OpenTables opened;
    private final TableSnapshots snapshots;
    private final KeyGate gate;

    public SharePreview(
            Shares shares,
            Recipients recipients,
            SharedTables tables,
            OpenTables opened,
            TableSnapshots snapshots,
            KeyGate gate) {
        this.shares = shares;
        this.recipients = recipients;
        this.tables = tables;
        this.opened = opened;
        this.snapshots = snapshots;
        this.gate = gate;
    }

    public record Preview(long version, TableSchema schema, List<TableRow> rows) {
        public Preview {
            rows = List.copyOf(rows);
        }
    }

    /**
     * At most {@code limit} rows of the newest version.
     *
     * @param reader whose properties decide where partitions depend on them; without one, nobody's do
     */
    public Preview rows(String principal, ShareName share, SharedAs name, Optional<RecipientName> reader, int limit) {
        if (limit < 1 || limit > MAX_ROWS)
            throw Failure.invalid("The limit is %d. Ask for 1 to %d rows.", limit, MAX_ROWS);
        ShareView view = shares.get(principal, share);
        GivenTable given = given(view, name);
        SharedTable table = given.table();
        Map<String, String> properties = reader.map(recipient ->
                        recipients.get(principal, recipient).recipient().properties())
                .orElse(Map.of());
        PartitionFilter filter = PartitionFilter.of(given.partitions(), properties);
        Optional<KeyEpoch> key = table.sealedScope().map(scope -> KeyEpoch.current(gate, scope));
        StoredTable place = new StoredTable(table.id(), table.location(), table.sealedScope());
        try {
            TableSnapshot latest = snapshots.latest(place);
            TableSnapshot shown = filter.isAll() ? latest : latest.ofPartitions(filter.on(latest));
            TableReader rows = TableReader.preview(opened.open(place).store(), shown);
            Preview preview = new Preview(shown.version(), rows.schema(), rows.rows(limit));
            if (key.isPresent()) key.get().requireCurrent(gate);
            return preview;
        } catch (IOException e) {
            throw Failure.unavailable(e, "Table %s cannot be read just now. Try again in a moment.", table.name());
        }
    }

    private GivenTable given(ShareView view, SharedAs name) {
        return tables.find(view.contents(), name)
                .orElseThrow(() -> Failure.notFound(
                        Failure.Subject.TABLE,
                        "Recipients do not see %s in share \"%s\" now: nothing is shared under that name, or what is"
                                + " was dropped, was replaced, or may no longer be shared by %s.",
                        name,
                        view.share().name(),
                        view.share().owner()));
    }
}
