package io.sluice.sharing.share;

import io.sluice.sharing.recipient.Recipient;
import java.net.URI;

/** Opens folders of stores to recipients, for reading and for a while. Plugged in by the server. */
public interface FolderCredentials {
    /** Whether a credential of the place's store can be confined to a folder. Asks nobody. */
    boolean canOpen(URI place);

    /** Leaves a line in the audit log. */
    FolderCredential open(Recipient recipient, SharedTable table, URI folder);
}
