package io.sluice.sharing.files;

import io.sluice.sharing.recipient.Recipient;
import io.sluice.sharing.recipient.RecipientId;
import io.sluice.sharing.share.ShareId;
import java.net.URI;

/** Hears what recipients were given, for audit and usage. Plugged in by the server; must not block for long. */
public interface DeliveryLog {
    void listed(Listed event);

    void served(Served event);

    /**
     * The answer to a query, once written or broken off.
     *
     * @param table as recipients name it, {@code share.schema.table}
     * @param call what was asked for
     * @param location of the copy whose files were listed
     * @param version as the recipient was told it
     * @param files how many file lines left
     * @param bytes sizes of those files
     * @param complete false when the answer was broken off
     */
    record Listed(
            Recipient recipient,
            ShareId share,
            String table,
            Call call,
            String tableId,
            URI location,
            long version,
            long files,
            long bytes,
            boolean complete) {}

    enum Call {
        /** The files of a table, or those added and removed since a version. */
        QUERY,
        /** The change data feed. */
        CHANGES
    }

    /** Plain bytes that left through the gateway for one request, complete or not. */
    record Served(RecipientId recipient, ShareId share, String tableId, URI location, String key, long bytes) {}
}
