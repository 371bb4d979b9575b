package io.sluice.sharing.query;

import io.sluice.model.failure.Failure;
import io.sluice.sharing.Page;
import io.sluice.sharing.PageRequest;
import io.sluice.sharing.asset.AssetKind;
import io.sluice.sharing.recipient.Recipient;
import io.sluice.sharing.share.GivenAsset;
import io.sluice.sharing.share.GivenTable;
import io.sluice.sharing.share.ListedTable;
import io.sluice.sharing.share.LiveDirectory;
import io.sluice.sharing.share.Share;
import io.sluice.sharing.share.ShareContents;
import io.sluice.sharing.share.ShareEntry;
import io.sluice.sharing.share.ShareName;
import io.sluice.sharing.share.SharedAs;
import io.sluice.sharing.share.SharedAssets;
import io.sluice.sharing.share.SharedHistory;
import io.sluice.sharing.share.SharedTable;
import io.sluice.sharing.share.SharedTables;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What a recipient finds: shares, schemas, tables. What was not granted, or is broken, does not exist for them. */
public final class ShareListing {
    /** Between schema and table in page tokens: no name has it. */
    private static final char SEPARATOR = '\u001f';

    private final LiveDirectory directory;
    private final SharedTables tables;
    private final SharedAssets assets;
    private final FolderRule folders;

    public ShareListing(LiveDirectory directory, SharedTables tables, SharedAssets assets, FolderRule folders) {
        this.directory = directory;
        this.tables = tables;
        this.assets = assets;
        this.folders = folders;
    }

    /**
     * A table that the recipient may read, with the share that lets them, and what of it.
     *
     * @param folder where it can be read as a folder
     */
    record FoundTable(ShareEntry share, GivenTable given, PartitionFilter partitions, Optional<URI> folder) {
        SharedTable table() {
            return given.table();
        }

        SharedHistory history() {
            return given.history();
        }
    }

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
        ShareContents contents = entry(recipient, name).contents();
        SortedSet<String> schemas = new TreeSet<>(tables.schemas(contents));
        for (AssetKind kind : AssetKind.values())
            for (GivenAsset asset : assets.list(contents, kind))
                schemas.add(asset.name().schema());
        return Page.of(List.copyOf(schemas), schema -> schema, page);
    }

    public Page<ListedTable> tables(Recipient recipient, ShareName name, String schema, PageRequest page) {
        ShareContents contents = entry(recipient, name).contents();
        String wanted = schema.toLowerCase(Locale.ROOT);
        if (!contents.schemaNames().contains(wanted))
            throw Failure.notFound(
                    Failure.Subject.SCHEMA, "Share \"%s\" has no schema \"%s\". List its schemas.", name, wanted);
        Place place = Place.of(page);
        String after = place.schema().equals(wanted) ? place.table() : "";
        return Page.ofNext(tables.listIn(contents, wanted, after, page.size() + 1), table -> key(table.name()), page);
    }

    public Page<ListedTable> allTables(Recipient recipient, ShareName name, PageRequest page) {
        Place place = Place.of(page);
        ShareContents contents = entry(recipient, name).contents();
        return Page.ofNext(
                tables.list(contents, place.schema(), place.table(), page.size() + 1),
                table -> key(table.name()),
                page);
    }

    /** Where a table that was listed can be read as a folder. */
    public Optional<URI> folder(Recipient recipient, ListedTable table) {
        return folders.offered(recipient, table.given());
    }

    /** One table as it stands in the lists. */
    public ListedTable table(Recipient recipient, TableAddress address) {
        FoundTable found = find(recipient, address);
        return new ListedTable(found.share().share(), address.table(), found.given());
    }

    FoundTable find(Recipient recipient, TableAddress address) {
        ShareEntry entry = entry(recipient, address.share());
        return tables.find(entry.contents(), address.table())
                .map(given -> new FoundTable(
                        entry,
                        given,
                        PartitionFilter.of(given.partitions(), recipient),
                        folders.offered(recipient, given)))
                .orElseThrow(() -> Failure.notFound(
                        Failure.Subject.TABLE,
                        "Table \"%s\" does not exist, please contact your share provider for further information.",
                        address));
    }

    /** Where a list of tables goes on, as the token of the page before says it. */
    private record Place(String schema, String table) {
        static Place of(PageRequest page) {
            int end = page.after().indexOf(SEPARATOR);
            return end < 0
                    ? new Place(page.after(), "")
                    : new Place(page.after().substring(0, end), page.after().substring(end + 1));
        }
    }

    /** What page tokens are made of. */
    static String key(SharedAs name) {
        return name.schema() + SEPARATOR + name.table();
    }

    ShareEntry entry(Recipient recipient, ShareName name) {
        return directory
                .current()
                .granted(recipient.id(), name)
                .orElseThrow(() -> Failure.notFound(
                        Failure.Subject.ANYTHING,
                        "Share \"%s\" does not exist, please contact your share provider for further information.",
                        name));
    }
}
