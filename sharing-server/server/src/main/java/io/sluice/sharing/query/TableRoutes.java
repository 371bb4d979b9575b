package io.sluice.sharing.query;

import io.sluice.lake.store.ObjectNotFoundException;
import io.sluice.lake.store.StoreDeniedException;
import io.sluice.lake.table.TableLog;
import io.sluice.lake.table.TableSnapshot;
import io.sluice.model.failure.Failure;
import io.sluice.sharing.files.KeyEpoch;
import io.sluice.sharing.files.KeyGate;
import io.sluice.sharing.files.OpenTables;
import io.sluice.sharing.files.StoredTable;
import io.sluice.sharing.files.TableFiles.OpenedTable;
import io.sluice.sharing.query.QueryTokens.Place;
import io.sluice.sharing.query.ReplicaLocations.ReplicaCopy;
import io.sluice.sharing.query.ShareListing.FoundTable;
import io.sluice.sharing.query.SharingProtocol.Asked;
import io.sluice.sharing.recipient.Recipient;
import io.sluice.sharing.share.SharedTable;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Chooses between the source and the copy in the recipient's region.
 *
 * <p>Versions stay those of the source whoever answers: a squash copy has a log of its own, and is read at exactly the
 * version whose equal at the source is known, which is then the version told. A copy may lie behind its source; a
 * recipient must not be told an older version than before, though (a copy appears after they read the source, or one
 * copy takes over from another). So what each was told is remembered, and a copy older than that is passed over.
 *
 * <p>A sealed table is answered from a sealed copy only, and needs its own key besides the copy's: withdrawing the
 * source's key reaches every copy. A copy that cannot be reached is passed over; one whose key is withdrawn is not,
 * because its owner wants no answer rather than another way to it.
 */
public final class TableRoutes {
    private final OpenTables tables;
    private final TableSnapshots snapshots;
    private final ReplicaLocations replicas;
    private final KeyGate gate;
    private final SeenVersions seen = new SeenVersions();

    public TableRoutes(OpenTables tables, TableSnapshots snapshots, ReplicaLocations replicas, KeyGate gate) {
        this.tables = tables;
        this.snapshots = snapshots;
        this.replicas = replicas;
        this.gate = gate;
    }

    RoutedTable route(Recipient recipient, FoundTable found) {
        SharedTable table = found.table();
        // The epochs come first: a key withdrawn while the snapshot loads is then noticed by whoever checks them.
        Optional<KeyEpoch> sourceKey = table.sealedScope().map(scope -> KeyEpoch.current(gate, scope));
        Optional<ReplicaCopy> copy = recipient
                .region()
                .flatMap(region -> replicas.nearest(table.id(), region))
                .filter(near -> near.sealedScope().isPresent() || sourceKey.isEmpty())
                .filter(near -> near.sourceVersion() >= seen.of(recipient.id(), table.id()));
        RoutedTable routed =
                copy.flatMap(near -> fromCopy(found, near, sourceKey)).orElseGet(() -> fromSource(found, sourceKey));
        for (KeyEpoch key : routed.keys()) key.requireCurrent(gate);
        seen.raise(recipient.id(), table.id(), routed.version());
        return routed;
    }

    private Optional<RoutedTable> fromCopy(FoundTable found, ReplicaCopy copy, Optional<KeyEpoch> sourceKey) {
        StoredTable place = new StoredTable(found.table().id(), copy.location(), copy.sealedScope());
        Optional<KeyEpoch> copyKey = copy.sealedScope().map(scope -> KeyEpoch.current(gate, scope));
        List<KeyEpoch> keys =
                Stream.concat(sourceKey.stream(), copyKey.stream()).distinct().toList();
        try {
            TableSnapshot snapshot = snapshots.at(place, copy.replicaVersion());
            return Optional.of(
                    new RoutedTable(place, tables.open(place), narrowed(snapshot, found), copy.sourceVersion(), keys));
        } catch (IOException | Failure e) {
            // Out of reach, or its log no longer holds the version: the source has the rows too.
            return Optional.empty();
        }
    }

    private RoutedTable fromSource(FoundTable found, Optional<KeyEpoch> key) {
        return source(found, key, snapshots::latest);
    }

    /** Whoever goes on with a routed table sees the partitions that are shared, and cannot give away others. */
    private static TableSnapshot narrowed(TableSnapshot snapshot, FoundTable found) {
        return found.partitions().isAll()
                ? snapshot
                : snapshot.ofPartitions(found.partitions().on(snapshot));
    }

    /** At a version of the source, which no copy keeps. */
    RoutedTable at(FoundTable found, long version) {
        Optional<KeyEpoch> key = found.table().sealedScope().map(scope -> KeyEpoch.current(gate, scope));
        RoutedTable routed = source(found, key, place -> snapshots.at(place, version));
        for (KeyEpoch epoch : routed.keys()) epoch.requireCurrent(gate);
        return routed;
    }

    /** Goes on with an answer where it began. */
    RoutedTable resume(Asked asked, Place place) {
        SharedTable table = asked.found().table();
        if (place.location().equals(table.location())) return place.require(at(asked.found(), place.placeVersion()));
        Optional<KeyEpoch> sourceKey = table.sealedScope().map(scope -> KeyEpoch.current(gate, scope));
        RoutedTable routed = asked.recipient()
                .region()
                .flatMap(region -> replicas.nearest(table.id(), region))
                .filter(copy -> copy.location().equals(place.location()))
                .map(copy ->
                        new ReplicaCopy(copy.location(), place.placeVersion(), place.version(), copy.sealedScope()))
                .flatMap(copy -> fromCopy(asked.found(), copy, sourceKey))
                // The copy is gone, or no longer theirs; the files of another place are other files.
                .orElseThrow(() -> QueryTokens.refused("token"));
        for (KeyEpoch key : routed.keys()) key.requireCurrent(gate);
        return place.require(routed);
    }

    /** The newest version of the source. */
    long latest(SharedTable table) {
        return reading(table.location(), () -> snapshots.latest(stored(table))).version();
    }

    /** Asks the source's log. */
    <T> T ask(SharedTable table, LogQuestion<T> question) {
        return open(table, opened -> question.of(opened.log()));
    }

    /** Asks the source's log and store. */
    <T> T open(SharedTable table, TableQuestion<T> question) {
        return reading(table.location(), () -> question.of(tables.open(stored(table))));
    }

    private static StoredTable stored(SharedTable table) {
        return new StoredTable(table.id(), table.location(), table.sealedScope());
    }

    @FunctionalInterface
    interface LogQuestion<T> {
        T of(TableLog log) throws IOException;
    }

    @FunctionalInterface
    interface TableQuestion<T> {
        T of(OpenedTable opened) throws IOException;
    }

    @FunctionalInterface
    private interface SnapshotOf {
        TableSnapshot at(StoredTable place) throws IOException;
    }

    private RoutedTable source(FoundTable found, Optional<KeyEpoch> key, SnapshotOf wanted) {
        StoredTable place = stored(found.table());
        return reading(place.location(), () -> {
            TableSnapshot snapshot = wanted.at(place);
            return new RoutedTable(
                    place,
                    tables.open(place),
                    narrowed(snapshot, found),
                    snapshot.version(),
                    key.stream().toList());
        });
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read() throws IOException;
    }

    private static <T> T reading(URI location, Reading<T> reading) {
        try {
            return reading.read();
        } catch (Failure e) {
            throw told(e, location);
        } catch (ObjectNotFoundException e) {
            // 400, not 404, as in the reference server: clients take 404 for a table that is not shared.
            throw Failure.invalid(
                    "The log of the shared table misses a file that it needs. Ask the provider to repair the table.");
        } catch (StoreDeniedException e) {
            throw Failure.denied("The provider's store refuses to give the table's log. Ask the provider.");
        } catch (IOException e) {
            throw Failure.unavailable(e, "The shared table's log cannot be read just now. Try again in a moment.");
        }
    }

    /** Where a table lies is its provider's business. */
    private static Failure told(Failure ofLog, URI location) {
        String text = String.valueOf(ofLog.getMessage())
                .replace(" at " + location, "")
                .replace(location.toString(), "its folder");
        return switch (ofLog.kind()) {
            // Here too, what is not found is not a table that is not shared.
            case INVALID, NOT_FOUND -> Failure.invalid("%s", text);
            case UNSUPPORTED -> Failure.unsupported("%s", text);
            default -> ofLog;
        };
    }
}
