package io.sluice.sharing.query;

import io.sluice.lake.table.TableFormat;
import io.sluice.sharing.recipient.Recipient;
import io.sluice.sharing.share.FolderCredentials;
import io.sluice.sharing.share.SharedHistory;
import io.sluice.sharing.share.SharedTable;
import java.net.URI;
import java.util.Optional;

/**
 * Whether a recipient may read a table as a folder, as far as that can be told without asking its store. Whoever has a
 * credential sees all that lies there, from anywhere, until it ends: so all of that must be shared.
 */
public final class FolderRule {
    private final FolderCredentials credentials;

    public FolderRule(FolderCredentials credentials) {
        this.credentials = credentials;
    }

    /** What lists tell. Where only newer versions are shared, it depends on what lies there. */
    Optional<URI> offered(Recipient recipient, SharedTable table, SharedHistory history, boolean isWhole) {
        boolean isOffered = history.startVersion() == 0
                && refusal(recipient, table, history, isWhole).isEmpty();
        return isOffered ? Optional.of(table.location()) : Optional.empty();
    }

    /**
     * Why not, as the rest of a sentence.
     *
     * @param isWhole whether all partitions are shared
     */
    Optional<String> refusal(Recipient recipient, SharedTable table, SharedHistory history, boolean isWhole) {
        if (table.format() != TableFormat.DELTA)
            return Optional.of("its clients would look for the log of a Delta table");
        if (!isWhole) return Optional.of("only some of its partitions are shared");
        if (!history.hasVersions()) return Optional.of("its history is not shared, which its folder would show");
        if (table.sealedScope().isPresent()) return Optional.of("its files are sealed");
        if (!recipient.admission().addresses().ranges().isEmpty())
            return Optional.of("you are let in from listed addresses only, which its store does not know");
        if (!credentials.canOpen(table.location()))
            return Optional.of("its store gives no credentials for a single folder");
        return Optional.empty();
    }
}
