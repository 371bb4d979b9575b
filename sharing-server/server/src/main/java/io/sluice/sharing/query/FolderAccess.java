package io.sluice.sharing.query;

import io.sluice.model.failure.Failure;
import io.sluice.sharing.asset.FolderCredentials;
import io.sluice.sharing.query.ShareListing.FoundTable;
import io.sluice.sharing.recipient.Recipient;
import io.sluice.sharing.share.SharedTable;
import io.sluice.sharing.share.TableFolders;
import java.net.URI;
import java.util.Optional;
import java.util.stream.Stream;

/** Reading a table as a folder, with a credential of its store, for clients that read logs themselves. */
public final class FolderAccess {
    private final ShareListing listing;
    private final TableRoutes routes;
    private final FolderRule rule;
    private final TableFolders folders;

    public FolderAccess(ShareListing listing, TableRoutes routes, FolderRule rule, TableFolders folders) {
        this.listing = listing;
        this.routes = routes;
        this.rule = rule;
        this.folders = folders;
    }

    /** A folder, and what opens it. */
    public record Opened(URI folder, FolderCredentials credentials) {}

    /** @param wanted empty for the whole table */
    public Opened open(Recipient recipient, TableAddress address, Optional<URI> wanted) {
        FoundTable found = listing.find(recipient, address);
        rule.refusal(recipient, found.given()).ifPresent(why -> {
            throw Failure.unsupported("Table %s cannot be read as a folder: %s. Query it for file URLs.", address, why);
        });
        URI folder = wanted.map(place -> within(found.table(), place))
                .orElse(found.table().location());
        if (found.history().startVersion() > 0) requireNothingOlder(found, address);
        return new Opened(folder, folders.open(recipient, found.table(), folder));
    }

    private void requireNothingOlder(FoundTable found, TableAddress address) {
        long first = found.history().startVersion();
        SharedTable table = found.table();
        routes.open(table, opened -> new FolderHistory(table.location(), opened.log(), opened.store()).olderThan(first))
                .ifPresent(object -> {
                    // Its name is the business of those with whom it is shared.
                    throw Failure.unsupported(
                            "Table %s cannot be read as a folder: it is shared from version %d on, and older versions "
                                    + "still lie there. Query it for file URLs, or ask the provider to vacuum the table "
                                    + "and clean its log up.",
                            address, first);
                });
    }

    private static URI within(SharedTable table, URI place) {
        String root = table.location().toString().replaceAll("/+$", "");
        String asked = place.toString().replaceAll("/+$", "");
        boolean isInside = asked.equals(root) || asked.startsWith(root + "/");
        if (!isInside || climbs(place) || place.getRawQuery() != null || place.getRawFragment() != null)
            throw Failure.invalid(
                    "The location is not that of the table, nor below it. Leave it out for the whole table.");
        return URI.create(asked);
    }

    private static boolean climbs(URI place) {
        return Stream.of(place.getPath().split("/")).anyMatch(segment -> segment.equals(".") || segment.equals(".."));
    }
}
