package io.sluice.sharing.share;

import io.sluice.sharing.asset.FolderCredentials;
import io.sluice.sharing.recipient.Recipient;
import java.net.URI;

/** Opens folders of tables to recipients. Plugged in by the server. */
public interface TableFolders {
    /** Whether a credential of the place's store can be confined to a folder. Asks nobody. */
    boolean canOpen(URI place);

    /** Leaves a line in the audit log. */
    FolderCredentials open(Recipient recipient, SharedTable table, URI folder);
}
