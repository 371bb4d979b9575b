package io.sluice.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.catalog.access.Caller;
import io.sluice.catalog.govern.Catalogs;
import io.sluice.catalog.govern.Permissions.GrantChange;
import io.sluice.catalog.govern.Tables;
import io.sluice.catalog.snapshot.Warm;
import io.sluice.catalog.store.StoreUrl;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import io.sluice.model.grant.Privilege;
import io.sluice.model.grant.SecurableType;
import io.sluice.model.name.EntityName;
import io.sluice.model.name.TableName;
import io.sluice.model.work.Territory;
import java.net.URI;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two pods, and catalogs that go from one to the other. */
class ReadAheadTest {
    private static final long PLENTY = 64 << 20;
    /** Room for some two hundred tables. */
    private static final long LITTLE = 100_000;

    private static final int MANY = 1_500;

    @TempDir
    private Path folder;

    private final Changing estate = new Changing();
    private World former;
    private World next;

    @BeforeEach
    void open() {
        former = World.open(url());
        next = World.withRoomFor(url(), estate, PLENTY);
        for (String catalog : List.of("retail", "hr")) {
            former.catalog(catalog);
            former.schema(catalog, "s");
            former.table(catalog, "s", "orders");
        }
    }

    @AfterEach
    void close() {
        next.close();
        former.close();
    }

    @Test
    void whatIsWarmThereIsWarmHereBeforeAnybodyAsks() {
        readAhead();
        takeOver();

        long misses = next.snapshots.catalogMisses();
        assertThat(comment(next, "retail", "orders")).isNull();
        assertThat(comment(next, "hr", "orders")).isNull();
        assertThat(next.snapshots.catalogMisses()).isEqualTo(misses);
    }

    @Test
    void whatWasColdThereIsNotRead() {
        former.snapshots.forget(idOf("hr"));

        next.snapshots.readAhead().read(former.snapshots.readAhead().warm(territory -> true));

        assertThat(next.snapshots.residentCatalogs()).isEqualTo(1);
    }

    @Test
    void aWriteBetweenReadingAheadAndTakingOverIsSeen() {
        readAhead();
        comment(former, "retail", "orders", "written at the last moment");
        takeOver();

        assertThat(comment(next, "retail", "orders")).isEqualTo("written at the last moment");
    }

    @Test
    void whoeverTookOverInTheMeantimeGoesOnOwningWhatItHolds() {
        List<Warm> warm = warm();
        next.snapshots.readAhead().read(warm);
        takeOver();
        comment(next, "retail", "orders");

        next.snapshots.readAhead().read(warm);

        long misses = next.snapshots.catalogMisses();
        comment(next, "retail", "orders");
        assertThat(next.snapshots.catalogMisses()).isEqualTo(misses);
    }

    @Test
    void whatIsNamedFirstIsReadAndNoMoreThanThereIsRoomFor() {
        for (int i = 0; i < MANY; i++) former.table("retail", "s", "t%04d".formatted(i));
        List<Warm> retailFirst = warm().stream()
                .sorted(Comparator.comparing((Warm warm) -> warm.catalog().value())
                        .reversed())
                .toList();
        assertThat(retailFirst).hasSizeGreaterThan(4);
        try (World small = World.withRoomFor(url(), new OwnsNothing(), LITTLE)) {
            small.snapshots.readAhead().read(retailFirst);

            assertThat(small.snapshots.residentTables()).isBetween(1L, (long) MANY / 3);
            assertThat(small.snapshots.residentCatalogs()).isEqualTo(1);
        }
    }

    @Test
    void whatHasAnotherNameByNowIsNotReadUnderTheOldOne() {
        List<Warm> warm = warm();
        rename("retail", "shop");

        next.snapshots.readAhead().read(warm);

        assertThat(next.snapshots.residentCatalogs()).isEqualTo(1);
        takeOver();
        assertThat(comment(next, "shop", "orders")).isNull();
    }

    @Test
    void whatWasRevokedUnderAnotherNameIsNotRememberedAfterwards() {
        Caller ann = former.user("ann@example.com");
        TableName orders = TableName.of("retail", "s", "orders");
        permit(former, SecurableType.CATALOG, "retail", Privilege.USE_CATALOG);
        permit(former, SecurableType.SCHEMA, "retail.s", Privilege.USE_SCHEMA);
        permit(former, SecurableType.TABLE, "retail.s.orders", Privilege.SELECT);
        assertThat(former.governance.tables().get(ann, orders).owner()).isEqualTo(World.ADMIN.name());
        rename("retail", "shop");
        estate.isOurs = true;
        next.governance
                .permissions()
                .update(
                        World.ADMIN,
                        SecurableType.TABLE,
                        "shop.s.orders",
                        List.of(new GrantChange(ann.name(), Set.of(), Set.of(Privilege.SELECT))));
        rename("shop", "retail");

        assertThatThrownBy(() -> former.governance.tables().get(ann, orders))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(FailureKind.DENIED));
    }

    private void rename(String catalog, String newName) {
        former.governance
                .catalogs()
                .update(World.ADMIN, EntityName.of(catalog), new Catalogs.Patch(newName, null, null, null));
    }

    private static void permit(World world, SecurableType type, String name, Privilege privilege) {
        world.governance
                .permissions()
                .update(
                        World.ADMIN,
                        type,
                        name,
                        List.of(new GrantChange("ann@example.com", Set.of(privilege), Set.of())));
    }

    @Test
    void whereNobodyTellsWhatIsWarmTheBeginningOfEachSchemaIsRead() {
        next.snapshots
                .readAhead()
                .readAll(territory -> territory
                        .catalog()
                        .equals(Territory.of(EntityName.of("hr")).catalog()));
        takeOver();

        long misses = next.snapshots.catalogMisses();
        comment(next, "hr", "orders");
        assertThat(next.snapshots.catalogMisses()).isEqualTo(misses);
        comment(next, "retail", "orders");
        assertThat(next.snapshots.catalogMisses()).isGreaterThan(misses);
    }

    private void readAhead() {
        next.snapshots.readAhead().read(warm());
    }

    private List<Warm> warm() {
        comment(former, "retail", "orders");
        comment(former, "hr", "orders");
        return former.snapshots.readAhead().warm(territory -> true);
    }

    private void takeOver() {
        next.snapshots.begin(territory -> OptionalLong.of(Changing.TENURE));
        estate.isOurs = true;
    }

    private String idOf(String catalog) {
        return warm().stream()
                .filter(warm -> warm.catalog().equals(EntityName.of(catalog)))
                .findFirst()
                .orElseThrow()
                .catalogId();
    }

    private static String comment(World world, String catalog, String table) {
        return world.governance
                .tables()
                .get(World.ADMIN, TableName.of(catalog, "s", table))
                .table()
                .comment();
    }

    private static void comment(World world, String catalog, String table, String comment) {
        world.governance
                .tables()
                .update(World.ADMIN, TableName.of(catalog, "s", table), new Tables.Patch(comment, null, null));
    }

    private StoreUrl url() {
        return StoreUrl.parse("sqlite:" + folder.resolve("metastore.db"));
    }

    /** Another pod's, and then ours. */
    private static final class Changing implements Estate {
        static final long TENURE = 7;

        private volatile boolean isOurs;

        @Override
        public Claim claim(Territory territory) {
            return isOurs ? Claim.ours(TENURE) : Claim.theirs(URI.create("http://127.0.0.1:1"));
        }

        @Override
        public WritePermit permit(Territory territory) {
            return ALONE;
        }
    }
}
