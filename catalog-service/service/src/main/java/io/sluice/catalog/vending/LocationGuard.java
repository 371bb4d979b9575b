package io.sluice.catalog.vending;

import io.sluice.model.failure.Failure;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Stands before everything that is vended: which folders may be asked for at all. A location is brought into its one
 * spelling first and compared by whole segments after that, so that {@code /ab} is not in {@code /a} and no encoding
 * leads out. Immutable.
 */
public final class LocationGuard {
    /** Where Iceberg tables are told to write; each of these moves files out of the table's own folder. */
    private static final List<String> WRITE_PATHS = List.of(
            "location",
            "write.data.path",
            "write.metadata.path",
            "write.object-storage.path",
            "write.folder-storage.path");

    /** Empty for any folder. */
    private final Optional<List<Folder>> roots;

    private LocationGuard(Optional<List<Folder>> roots) {
        this.roots = roots;
    }

    /** Admits what lies in one of the roots, or is one. A root may be a whole bucket; no roots admit nothing. */
    public static LocationGuard within(Collection<String> roots) {
        return new LocationGuard(Optional.of(roots.stream().map(Folder::parse).toList()));
    }

    public static LocationGuard within(String root) {
        return within(List.of(root));
    }

    /** Admits each well-formed folder, and no whole bucket: for callers who have compared the location themselves. */
    public static LocationGuard anyFolder() {
        return new LocationGuard(Optional.empty());
    }

    /** The location in its one spelling. Throws {@code Failure}: invalid when malformed, denied when outside. */
    public String check(String location) {
        return admit(location).text();
    }

    /**
     * Checks where a table is told to write. To be asked when a table is staged, created or changed, and before
     * credentials are made: later is too late.
     */
    public void checkWritePaths(Map<String, String> properties) {
        WRITE_PATHS.forEach(key -> Optional.ofNullable(properties.get(key)).ifPresent(this::admit));
    }

    Folder admit(String location) {
        Folder folder = Folder.parse(location);
        if (roots.isEmpty() && folder.isWholeStore())
            throw Failure.invalid(
                    "The location %s is all of a store, a whole bucket. Credentials are vended for a folder within one.",
                    folder);
        boolean isInside = roots.map(list -> list.stream().anyMatch(folder::isWithin)).orElse(true);
        if (!isInside)
            throw Failure.denied(
                    "The location %s is outside of what is allowed here. Choose a folder below the storage root, or ask"
                            + " for an external location that covers it.",
                    folder);
        return folder;
    }
}
