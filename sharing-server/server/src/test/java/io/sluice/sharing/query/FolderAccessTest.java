package io.sluice.sharing.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.lake.delta.DeltaLogWriter;
import io.sluice.lake.delta.TableAuthor;
import io.sluice.lake.store.ObjectInfo;
import io.sluice.lake.store.ObjectStore;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import io.sluice.sharing.PageRequest;
import io.sluice.sharing.share.HistoryWish;
import io.sluice.sharing.share.ListedTable;
import io.sluice.sharing.share.ShareName;
import io.sluice.sharing.share.SharedAs;
import io.sluice.sharing.share.SharedPartitions;
import io.sluice.sharing.share.SharedPartitions.Condition;
import io.sluice.sharing.share.SharedPartitions.Operation;
import io.sluice.sharing.share.SharedPartitions.Text;
import io.sluice.sharing.share.SharedTable;
import io.sluice.sharing.wire.Capabilities;
import io.sluice.sharing.world.World;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who has a credential for a folder sees all that lies there. */
class FolderAccessTest {
    private static final TableAddress ORDERS = TableAddress.of("partners", "sales", "orders");

    @TempDir
    Path folder;

    private World world;
    private World.Reader reader;

    @BeforeEach
    void somebodyReadsAShare() {
        world = new World(folder);
        world.share("partners");
        reader = world.reader("ann");
        world.grant("partners", "ann");
    }

    @Test
    void aTableWithAllItsHistoryIsOfferedAsAFolderAndOpened() throws IOException {
        SharedTable table = share("main.sales.orders", since(0));

        assertThat(offered()).contains(table.location());
        assertThat(metadata()).contains("\"accessModes\":[\"url\",\"dir\"]", "\"location\":\"" + table.location());
        assertThat(open(Optional.empty()).toString()).isEqualTo(table.location().toString());
        URI day = URI.create(table.location() + "/day=2026-01-01");
        assertThat(open(Optional.of(day))).isEqualTo(day);
        assertThat(world.tableFolders.opened).containsExactly(table.location(), day);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-secret", "/../payments", "/day=1/../../payments", "/%2e%2e/payments", "/x?a=b", "/x#a"})
    void noFolderButTheTablesIsOpened(String behind) throws IOException {
        SharedTable table = share("main.sales.orders", since(0));

        assertRefused(FailureKind.INVALID, "location", Optional.of(URI.create(table.location() + behind)));
    }

    @Test
    void aTableOfWhichOnlyAPartIsSharedIsNoFolder() throws IOException {
        SharedTable table = share("main.sales.orders", since(0));
        world.limit(
                "partners",
                table.name(),
                new SharedPartitions(List.of(List.of(new Condition("day", Operation.EQUAL, new Text("2026-01-01"))))));

        assertNoFolder("partitions");
    }

    @Test
    void aTableWithoutHistoryIsNoFolder() throws IOException {
        share("main.sales.orders", HistoryWish.NONE);

        assertNoFolder("history");
    }

    @Test
    void aSealedTableIsNoFolder() throws IOException {
        SharedTable table = world.sealedTable("main.sales.orders", "scope-sales", 10);
        world.add("partners", table.name(), SharedAs.of(table.name()), since(0));

        assertNoFolder("sealed");
    }

    @Test
    void whoComesFromListedAddressesGetsNoCredentialThatIsGoodEverywhere() throws IOException {
        share("main.sales.orders", since(0));
        world.admitFrom("ann", "127.0.0.0/8");
        reader = new World.Reader(
                world.authentication.authenticate(Optional.of("Bearer " + reader.bearer())), reader.bearer());

        assertNoFolder("addresses");
    }

    @Test
    void aStoreWithoutSessionsHasNoFolders() throws IOException {
        share("main.sales.orders", since(0));
        world.tableFolders.canOpen = false;

        assertNoFolder("store gives no credentials");
    }

    @Test
    void aTableSharedFromALaterVersionIsAFolderOnceNothingOlderLiesThere() throws IOException {
        SharedTable table = world.register("main.sales.orders", Optional.empty());
        ObjectStore store = world.stores.get(table.location());
        world.author(table.location())
                .create(World.ORDERS, List.of("day"), Map.of(TableAuthor.DELETION_VECTORS, "true"));
        world.append(table.location(), "2026-01-01", 10);
        List<String> old = keys(store);
        world.author(table.location()).deleteWhere(row -> true);
        world.append(table.location(), "2026-01-02", 10);
        DeltaLogWriter.at(store).writeCheckpoint(3);
        world.append(table.location(), "2026-01-03", 10);
        world.add("partners", table.name(), SharedAs.of(table.name()), since(3));
        assertThat(offered()).isEmpty();
        assertRefused(FailureKind.UNSUPPORTED, "older versions still lie there", Optional.empty());

        for (String key : keys(store)) if (isLogBefore(key, 3)) store.delete(key);
        assertRefused(FailureKind.UNSUPPORTED, "older versions still lie there", Optional.empty());

        for (String key : old) if (!key.startsWith("_delta_log/")) store.delete(key);
        assertThat(open(Optional.empty())).isEqualTo(table.location());
    }

    private static boolean isLogBefore(String key, long version) {
        return key.matches("_delta_log/\\d{20}\\..*") && Long.parseLong(key.substring(11, 31)) < version;
    }

    private static List<String> keys(ObjectStore store) throws IOException {
        List<String> keys = new ArrayList<>();
        for (var objects = store.list("", ""); objects.hasNext(); ) {
            ObjectInfo next = objects.next();
            keys.add(next.key());
        }
        return keys;
    }

    private static HistoryWish since(long version) {
        return new HistoryWish(Optional.of(true), Optional.empty(), Optional.of(version));
    }

    private SharedTable share(String name, HistoryWish history) throws IOException {
        SharedTable table = world.table(name);
        world.append(table.location(), "2026-01-01", 10);
        world.add("partners", table.name(), SharedAs.of(table.name()), history);
        return table;
    }

    private Optional<URI> offered() {
        ListedTable listed = world.listing
                .allTables(
                        reader.recipient(),
                        ShareName.of("partners"),
                        PageRequest.ofProtocol(Optional.empty(), Optional.empty()))
                .items()
                .get(0);
        return world.listing.folder(reader.recipient(), listed);
    }

    private String metadata() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        world.protocol
                .metadata(
                        reader.recipient(),
                        ORDERS,
                        Capabilities.parse(Optional.empty(), Optional.empty()),
                        Optional.empty(),
                        Optional.empty())
                .body()
                .writeTo(bytes);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private URI open(Optional<URI> wanted) {
        return world.folderAccess.open(reader.recipient(), ORDERS, wanted).folder();
    }

    private void assertNoFolder(String because) throws IOException {
        assertThat(offered()).isEmpty();
        if (!because.equals("sealed")) assertThat(metadata()).doesNotContain("accessModes", "location");
        assertRefused(FailureKind.UNSUPPORTED, because, Optional.empty());
        assertThat(world.tableFolders.opened).isEmpty();
    }

    private void assertRefused(FailureKind kind, String because, Optional<URI> wanted) {
        assertThatThrownBy(() -> open(wanted))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(kind))
                .hasMessageContaining(because);
    }
}
