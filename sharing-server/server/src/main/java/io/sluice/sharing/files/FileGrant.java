package io.sluice.sharing.files;

import io.sluice.sharing.recipient.RecipientId;
import io.sluice.sharing.share.ShareId;
import java.time.Instant;
import java.util.List;

/**
 * What a file URL allows: reading one object, by one recipient through one share, until a moment, under the keys as
 * they were.
 *
 * @param objectId of what the share must still hold: the table, or its schema
 * @param key of the object in the table's store
 * @param size in plain bytes
 * @param keys every one must still be at its epoch; empty for plain files
 */
record FileGrant(
        RecipientId recipient,
        ShareId share,
        String objectId,
        StoredTable table,
        String key,
        long size,
        List<KeyEpoch> keys,
        Instant expiresAt) {
    FileGrant {
        keys = List.copyOf(keys);
    }
}
