package io.sluice.sharing.share;

import io.sluice.sharing.recipient.RecipientId;
import java.util.Set;

/** A share with all that decides who reads what in it. */
public record ShareEntry(ShareContents contents, Set<RecipientId> readers) {
    public ShareEntry {
        readers = Set.copyOf(readers);
    }

    public Share share() {
        return contents.share();
    }
}
