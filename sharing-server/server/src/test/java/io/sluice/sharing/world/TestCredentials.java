package io.sluice.sharing.world;

import io.sluice.sharing.recipient.Recipient;
import io.sluice.sharing.share.FolderCredential;
import io.sluice.sharing.share.FolderCredentials;
import io.sluice.sharing.share.SharedTable;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Of a store that gives sessions for whatever folder. */
public final class TestCredentials implements FolderCredentials {
    /** The folders that were opened. */
    public final List<URI> opened = new CopyOnWriteArrayList<>();

    public volatile boolean canOpen = true;

    @Override
    public boolean canOpen(URI place) {
        return canOpen;
    }

    @Override
    public FolderCredential open(Recipient recipient, SharedTable table, URI folder) {
        opened.add(folder);
        return new FolderCredential(
                folder,
                new FolderCredential.AwsSession("id", "secret", "session", Optional.empty()),
                Instant.ofEpochMilli(1_000));
    }
}
