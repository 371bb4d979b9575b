package io.sluice.sharing.world;

import io.sluice.sharing.asset.FolderCredentials;
import io.sluice.sharing.recipient.Recipient;
import io.sluice.sharing.share.SharedTable;
import io.sluice.sharing.share.TableFolders;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Of a store that gives sessions for whatever folder. */
public final class TestTableFolders implements TableFolders {
    /** The folders that were opened. */
    public final List<URI> opened = new CopyOnWriteArrayList<>();

    public volatile boolean canOpen = true;

    @Override
    public boolean canOpen(URI place) {
        return canOpen;
    }

    @Override
    public FolderCredentials open(Recipient recipient, SharedTable table, URI folder) {
        opened.add(folder);
        return new FolderCredentials.Amazon("id", "secret", "session", Optional.empty(), Instant.ofEpochMilli(1_000));
    }
}
