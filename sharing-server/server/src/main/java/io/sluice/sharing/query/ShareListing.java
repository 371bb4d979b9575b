package io.sluice.sharing.query;

import io.sluice.model.failure.Failure;
import io.sluice.sharing.Page;
import io.sluice.sharing.PageRequest;
import io.sluice.sharing.recipient.Recipient;
import io.sluice.sharing.share.ListedTable;
import io.sluice.sharing.share.LiveDirectory;
import io.sluice.sharing.share.Share;
import io.sluice.sharing.share.ShareEntry;
import io.sluice.sharing.share.ShareName;
import io.sluice.sharing.share.SharedAs;
import io.sluice.sharing.share.SharedHistory;
import io.sluice.sharing.share.SharedObject;
import io.sluice.sharing.share.SharedTable;
import io.sluice.sharing.share.SharedTables;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a recipient finds: shares, schemas, tables. What was not granted, or is broken, does not exist for them. */
public final class ShareListing {
    /** Sorts between a schema and its tables as in {@link SharedAs}: no name has a character below it. */
    private static final char SEPARATOR = '\u001f';

    private final LiveDirectory directory;
    private final SharedTables tables;
    private final FolderRule folders;

    public ShareListing(LiveDirectory directory, SharedTables tables, FolderRule folders) {
        this.directory = directory;
        this.tables = tables;
        this.folders = folders;
    }

    /**
     * A table that the recipient may read, with the share that lets them, and what of it.
     *
     * @param folder where it can be read as a folder
     */
    record FoundTable(
            ShareEntry share,
            SharedTable table,
            SharedHistory history,
            PartitionFilter partitions,
            Optional<URI> folder) {}

    public Page<Share> shares(Recipient recipient, PageRequest page) {
        List<Share> granted = directory.current().grantedTo(recipient.id()).stream()
                .map(ShareEntry::share)
                .toList();
        return Page.of(granted, share -> share.name().value(), page);
    }

    public Share share(Recipient recipient, ShareName name) {
        return entry(recipient, name).share();
    }

    public Page<String> schemas(Recipient recipient, ShareName name, PageRequest page) {
        List<String> schemas = served(recipient, entry(recipient, name))
                .map(table -> table.name().schema())
                .distinct()
                .toList();
        return Page.of(schemas, schema -> schema, page);
    }

    public Page<ListedTable> tables(Recipient recipient, ShareName name, String schema, PageRequest page) {
        ShareEntry entry = entry(recipient, name);
        String wanted = schema.toLowerCase(Locale.ROOT);
        if (entry.objects().stream()
                .noneMatch(object -> object.sharedAs().schema().equals(wanted)))
            throw Failure.notFound(
                    Failure.Subject.SCHEMA, "Share \"%s\" has no schema \"%s\". List its schemas.", name, wanted);
        List<ListedTable> found = served(recipient, entry)
                .filter(table -> table.name().schema().equals(wanted))
                .toList();
        return Page.of(found, ShareListing::key, page);
    }

    public Page<ListedTable> allTables(Recipient recipient, ShareName name, PageRequest page) {
        return Page.of(served(recipient, entry(recipient, name)).toList(), ShareListing::key, page);
    }

    FoundTable find(Recipient recipient, TableAddress address) {
        ShareEntry entry = entry(recipient, address.share());
        return entry.object(address.table())
                .flatMap(object -> tables.find(entry.share(), object)
                        .map(table -> new FoundTable(
                                entry,
                                table,
                                object.history(),
                                PartitionFilter.of(object.partitions(), recipient),
                                folder(recipient, object, table))))
                .orElseThrow(() -> Failure.notFound(
                        Failure.Subject.TABLE,
                        "Table \"%s\" does not exist, please contact your share provider for further information.",
                        address));
    }

    private static String key(ListedTable table) {
        return table.name().schema() + SEPARATOR + table.name().table();
    }

    private ShareEntry entry(Recipient recipient, ShareName name) {
        return directory
                .current()
                .granted(recipient.id(), name)
                .orElseThrow(() -> Failure.notFound(
                        Failure.Subject.ANYTHING,
                        "Share \"%s\" does not exist, please contact your share provider for further information.",
                        name));
    }

    private Stream<ListedTable> served(Recipient recipient, ShareEntry entry) {
        return entry.objects().stream().flatMap(object -> listed(recipient, entry.share(), object).stream());
    }

    private Optional<ListedTable> listed(Recipient recipient, Share share, SharedObject object) {
        return tables.find(share, object)
                .map(table -> new ListedTable(share, object.sharedAs(), table.id(), folder(recipient, object, table)));
    }

    private Optional<URI> folder(Recipient recipient, SharedObject object, SharedTable table) {
        return folders.offered(
                recipient, table, object.history(), object.partitions().isAll());
    }
}
