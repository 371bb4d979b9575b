package io.sluice.sharing.query;

import io.sluice.lake.table.TableSnapshot;
import io.sluice.model.failure.Failure;
import io.sluice.sharing.wire.Capabilities;
import io.sluice.sharing.wire.ResponseFormat;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Picks the format of an answer. Parquet cannot tell every table truly: its readers know neither deletion vectors (they
 * would see deleted rows) nor column mapping (they would see no values).
 */
final class FormatChoice {
    private FormatChoice() {}

    static ResponseFormat of(TableAddress address, Capabilities asked, TableSnapshot snapshot) {
        Set<String> used = snapshot.readerFeaturesInUse();
        if (used.isEmpty() && asked.formats().contains(ResponseFormat.PARQUET)) return ResponseFormat.PARQUET;
        if (!asked.formats().contains(ResponseFormat.DELTA))
            throw Failure.unsupported(
                    "Table \"%s\" needs readers that know %s, and so is shared in delta format only. Read it with a client"
                            + " that asks for responseformat=delta.",
                    address, String.join(", ", used));
        Set<String> unknown = new TreeSet<>(used);
        unknown.removeIf(feature -> asked.readerFeatures().contains(feature.toLowerCase(Locale.ROOT)));
        if (!unknown.isEmpty())
            throw Failure.unsupported(
                    "Table \"%s\" needs readers that know %s, which this client does not say of itself. Read it with a"
                            + " newer client.",
                    address, String.join(", ", unknown));
        return ResponseFormat.DELTA;
    }

    /** For several versions, of which any may hide rows that the last one does not. */
    static ResponseFormat ofRange(TableAddress address, Capabilities asked, TableSnapshot last) {
        boolean takesDelta = asked.formats().contains(ResponseFormat.DELTA)
                && asked.readerFeatures().contains("deletionvectors");
        return last.mayHideRows() && takesDelta ? ResponseFormat.DELTA : of(address, asked, last);
    }

    static Failure hidesRows(TableAddress address) {
        return Failure.unsupported(
                "Table \"%s\" has deletion vectors in these versions, which only readers of the delta format know.",
                address);
    }
}
