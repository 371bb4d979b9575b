package io.sluice.sharing.query;

import io.sluice.lake.table.TableFormat;
import io.sluice.sharing.recipient.Recipient;
import io.sluice.sharing.share.GivenTable;
import io.sluice.sharing.share.SharedTable;
import io.sluice.sharing.share.TableFolders;
import java.net.URI;
import java.util.Optional;

/**
 * Whether a recipient may read a table as a folder, as far as that can be told without asking its store. Whoever has a
 * credential sees all that lies there, from anywhere, until it ends: so all of that must be shared.
 */
public final class FolderRule {
    private final TableFolders folders;

    public FolderRule(TableFolders folders) {
        this.folders = folders;
    }

    /** What lists tell. Where only newer versions are shared, it depends on what lies there. */
    Optional<URI> offered(Recipient recipient, GivenTable given) {
        boolean isOffered =
                given.history().startVersion() == 0 && refusal(recipient, given).isEmpty();
        return isOffered ? Optional.of(given.table().location()) : Optional.empty();
    }

    /** Why not, as the rest of a sentence. */
    Optional<String> refusal(Recipient recipient, GivenTable given) {
        SharedTable table = given.table();
        if (table.format() != TableFormat.DELTA)
            return Optional.of("its clients would look for the log of a Delta table");
        if (!given.partitions().isAll()) return Optional.of("only some of its partitions are shared");
        if (!given.history().hasVersions())
            return Optional.of("its history is not shared, which its folder would show");
        if (table.sealedScope().isPresent()) return Optional.of("its files are sealed");
        if (!recipient.admission().addresses().admitsAll())
            return Optional.of("you are let in from listed addresses only, which its store does not know");
        if (!folders.canOpen(table.location()))
            return Optional.of("its store gives no credentials for a single folder");
        return Optional.empty();
    }
}
