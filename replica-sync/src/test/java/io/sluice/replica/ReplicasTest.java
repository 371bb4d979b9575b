package io.sluice.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.lake.delta.DemoTable;
import io.sluice.lake.delta.TableReader;
import io.sluice.lake.place.StoreConfig;
import io.sluice.lake.place.Stores;
import io.sluice.lake.store.ObjectStore;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import io.sluice.model.money.Money;
import io.sluice.model.name.TableName;
import io.sluice.model.place.Region;
import io.sluice.model.usage.TransferReceipt;
import io.sluice.replica.journal.JdbcSyncJournal;
import io.sluice.replica.sync.SyncOutcome;
import io.sluice.replica.sync.SyncPorts;
import io.sluice.replica.sync.SyncSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The face of the module over named stores and SQL, as the server wires it. */
class ReplicasTest {
    private static final Region AWS = Region.parse("aws:eu-west-1");
    private static final Region AZURE = Region.parse("azure:westeurope");

    @TempDir
    Path folder;

    private final List<TransferReceipt> delivered = new ArrayList<>();
    private Stores stores;
    private Replicas replicas;

    @BeforeEach
    void open() throws IOException {
        stores = Stores.open(List.of(
                StoreConfig.local("here", AWS, folder.resolve("here").toUri()),
                StoreConfig.local("there", AZURE, folder.resolve("there").toUri())));
        SqliteWork work = SqliteWork.in(folder);
        SyncPorts ports = new SyncPorts(
                new PlacesInStores(),
                new JdbcSyncJournal(work),
                (lane, bytes, at) -> Money.zero("USD"),
                delivered::add);
        replicas = new Replicas(new JdbcReplicaStore(work), ports, SyncSettings.DEFAULT, InstantSource.system());
    }

    @AfterEach
    void close() throws IOException {
        stores.close();
    }

    @Test
    void aReplicaIsDefinedSyncedAndFoundByReadersNearIt() throws IOException {
        DemoTable.plain(stores.place(location("here/orders")).store());
        Replica replica = replicas.define(request("orders_eu", ReplicaKind.SQUASH));
        assertThat(replica.lane().from()).isEqualTo(AWS);
        assertThat(replicas.directory().nearest("table-1", AZURE))
                .as("not synced yet")
                .isEmpty();

        assertThat(replicas.sync("orders_eu")).isInstanceOf(SyncOutcome.Synced.class);

        assertThat(replicas.status("orders_eu").lag()).isZero();
        assertThat(replicas.directory().nearest("table-1", AZURE)).contains(new LiveCopy(replica, 1, 0));
        assertThat(replicas.directory().nearest("table-1", Region.parse("azure:northeurope")))
                .as("the same cloud")
                .isPresent();
        assertThat(replicas.directory().nearest("table-1", AWS))
                .as("the source is nearer")
                .isEmpty();
        assertThat(delivered).hasSize(1);
        assertThat(TableReader.latest(stores.place(location("there/orders")).store())
                        .rows(200))
                .hasSize(100);
    }

    @Test
    void syncingAgainFindsNothingNew() throws IOException {
        DemoTable.plain(stores.place(location("here/orders")).store());
        replicas.define(request("orders_eu", ReplicaKind.SQUASH));
        replicas.sync("orders_eu");

        assertThat(replicas.sync("orders_eu")).isEqualTo(new SyncOutcome.UpToDate(1));
        assertThat(replicas.plan("orders_eu").copies()).isEmpty();
        assertThat(delivered).hasSize(1);
    }

    @Test
    void mirrorsAreRefusedClearly() {
        assertThatThrownBy(() -> replicas.define(request("orders_eu", ReplicaKind.MIRROR)))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(FailureKind.UNSUPPORTED))
                .hasMessageContaining("Use squash");
    }

    @Test
    void aTargetInsideOfTheSourceIsRefused() {
        var request = new ReplicaRequest(
                "orders_eu",
                TableName.parse("sales.public.orders"),
                "table-1",
                location("here/orders"),
                location("here/orders/copy"),
                ReplicaKind.SQUASH,
                "sales");

        assertThatThrownBy(() -> replicas.define(request))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("overlap");
    }

    @Test
    void aTableThatIsNotThereIsToldAsSuch() {
        replicas.define(request("orders_eu", ReplicaKind.SQUASH));

        assertThatThrownBy(() -> replicas.sync("orders_eu"))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(FailureKind.NOT_FOUND));
        assertThatThrownBy(() -> replicas.sync("orders_us")).hasMessageContaining("orders_us");
    }

    private ReplicaRequest request(String name, ReplicaKind kind) {
        return new ReplicaRequest(
                name,
                TableName.parse("sales.public.orders"),
                "table-1",
                location("here/orders"),
                location("there/orders"),
                kind,
                "sales");
    }

    private URI location(String below) {
        return folder.resolve(below).toUri();
    }

    private final class PlacesInStores implements ReplicaPlaces {
        @Override
        public Region regionOf(URI location) {
            return stores.place(location).region();
        }

        @Override
        public MeteredSource source(Replica replica) {
            return MeteredSource.of(stores.place(replica.sourceLocation()).store());
        }

        @Override
        public ObjectStore target(Replica replica) {
            return stores.place(replica.targetLocation()).store();
        }
    }
}
