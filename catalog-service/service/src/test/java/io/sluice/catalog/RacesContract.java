package io.sluice.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sluice.catalog.access.Caller;
import io.sluice.catalog.govern.Assets.Draft;
import io.sluice.catalog.govern.Assets.Key;
import io.sluice.catalog.govern.ExternalLocations.Wanted;
import io.sluice.catalog.govern.Page;
import io.sluice.catalog.govern.Permissions.GrantChange;
import io.sluice.catalog.govern.Schemas;
import io.sluice.catalog.snapshot.TableNode;
import io.sluice.catalog.store.StoreUrl;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import io.sluice.model.grant.Privilege;
import io.sluice.model.grant.SecurableType;
import io.sluice.model.name.EntityName;
import io.sluice.model.name.SchemaName;
import io.sluice.model.name.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Writers that come at the same moment. */
abstract class RacesContract {
    private static final TableName ORDERS = TableName.of("retail", "sales", "orders");
    private static final int ROUNDS = 25;

    private StoreUrl url;
    private World world;

    abstract StoreUrl freshStore() throws Exception;

    @BeforeEach
    void open() throws Exception {
        url = freshStore();
        world = World.open(url);
        world.catalog("retail");
        world.schema("retail", "sales");
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void eightRacingCreatesOfOneNameHaveOneWinner() throws Exception {
        ExecutorService racers = Executors.newFixedThreadPool(8);
        try {
            Callable<FailureKind> create = () -> {
                try {
                    world.table("retail", "sales", "orders");
                    return null;
                } catch (Failure e) {
                    return e.kind();
                }
            };
            List<FailureKind> outcomes = new ArrayList<>();
            for (Future<FailureKind> racer :
                    racers.invokeAll(IntStream.range(0, 8).mapToObj(i -> create).toList())) outcomes.add(racer.get());

            assertThat(outcomes).containsOnlyOnce((FailureKind) null);
            assertThat(outcomes.stream().filter(k -> k != null)).hasSize(7).containsOnly(FailureKind.ALREADY_EXISTS);
            assertThat(world.governance.tables().get(World.ADMIN, ORDERS)).isNotNull();
        } finally {
            racers.shutdownNow();
        }
    }

    @Test
    void theSequenceOfACatalogHasNoGapsHoweverManyWritersThereAre() throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Object>> creates = IntStream.range(0, 40)
                    .mapToObj(i -> (Callable<Object>) () -> {
                        world.table("retail", "sales", "t" + i);
                        return null;
                    })
                    .toList();
            for (Future<Object> write : writers.invokeAll(creates)) write.get();
        } finally {
            writers.shutdownNow();
        }
        // One schema and forty tables, each with the next number.
        List<Long> numbers = world.work.read(connection -> {
            List<Long> found = new ArrayList<>();
            try (var rows = connection
                    .createStatement()
                    .executeQuery("SELECT sequence FROM change_log WHERE log <> 'root' ORDER BY sequence")) {
                while (rows.next()) found.add(rows.getLong(1));
            }
            return found;
        });
        assertThat(numbers)
                .isEqualTo(IntStream.rangeClosed(1, 41).mapToObj(i -> (long) i).toList());
        assertThat(namesIn(world)).hasSize(40);
    }

    @Test
    void grantsGivenAtTheSameMomentAreAllRemembered() throws Exception {
        world.table("retail", "sales", "orders");
        List<Caller> users = IntStream.range(0, 8)
                .mapToObj(i -> world.user("u" + i + "@example.com"))
                .toList();
        atOnce(users.stream()
                .map(user -> (Callable<Void>) () -> {
                    for (int i = 0; i < 6; i++) {
                        grant(SecurableType.TABLE, ORDERS.toString(), user, Privilege.SELECT);
                        grant(SecurableType.TABLE, ORDERS.toString(), user, Privilege.MODIFY);
                        world.governance
                                .permissions()
                                .update(
                                        World.ADMIN,
                                        SecurableType.TABLE,
                                        ORDERS.toString(),
                                        List.of(new GrantChange(user.name(), Set.of(), Set.of(Privilege.MODIFY))));
                    }
                    return null;
                })
                .toList());

        Map<String, Set<Privilege>> inMemory =
                world.governance.tables().get(World.ADMIN, ORDERS).grants().byPrincipal();
        assertThat(inMemory)
                .hasSize(8)
                .allSatisfy((user, held) -> assertThat(held).containsOnly(Privilege.SELECT));
        try (World cold = World.open(url)) {
            assertThat(cold.governance
                            .tables()
                            .get(World.ADMIN, ORDERS)
                            .grants()
                            .byPrincipal())
                    .isEqualTo(inMemory);
        }
    }

    @Test
    void tablesMadeWhileTheirSchemaIsRenamedAreSeenByAllAlike() throws Exception {
        List<Callable<Void>> work = new ArrayList<>();
        for (int writer = 0; writer < 3; writer++) {
            String prefix = "w" + writer + "_";
            work.add(() -> {
                for (int i = 0; i < 20; i++)
                    for (String schema : List.of("sales", "turnover")) makeIfThere(schema, prefix + schema + i);
                return null;
            });
        }
        work.add(() -> {
            for (int i = 0; i < 10; i++) {
                SchemaName from = SchemaName.of("retail", i % 2 == 0 ? "sales" : "turnover");
                String to = i % 2 == 0 ? "turnover" : "sales";
                world.governance.schemas().update(World.ADMIN, from, new Schemas.Patch(to, null, null, null));
            }
            return null;
        });
        atOnce(work);

        try (World cold = World.open(url)) {
            assertThat(namesIn(world)).isNotEmpty().isEqualTo(namesIn(cold));
        }
    }

    @Test
    void ofTwoFoldersOfWhichOneLiesInTheOtherOnlyOneIsTaken() throws Exception {
        world.catalog("wholesale");
        world.schema("wholesale", "sales");
        for (int round = 0; round < ROUNDS; round++) {
            String outer = "s3://lake/round" + round;
            TableName first = TableName.of("retail", "sales", "t" + round);
            TableName second = TableName.of("wholesale", "sales", "t" + round);
            List<Boolean> taken = new CopyOnWriteArrayList<>();
            atOnce(List.of(() -> taken.add(isMade(first, outer)), () -> taken.add(isMade(second, outer + "/inner"))));
            assertThat(taken).as("round %d", round).containsExactlyInAnyOrder(true, false);
        }
    }

    @Test
    void ofTwoExternalLocationsOfWhichOneLiesInTheOtherOnlyOneIsMade() throws Exception {
        world.governance
                .assets()
                .create(
                        World.ADMIN,
                        new Key(SecurableType.CREDENTIAL, null, EntityName.of("role")),
                        new Draft(null, null, JsonNodeFactory.instance.objectNode()));
        for (int round = 0; round < ROUNDS; round++) {
            String outer = "s3://lake/round" + round;
            String name = "l" + round;
            List<Boolean> made = new CopyOnWriteArrayList<>();
            atOnce(List.of(
                    () -> made.add(isLocation(name + "a", outer)),
                    () -> made.add(isLocation(name + "b", outer + "/inner"))));
            assertThat(made).as("round %d", round).containsExactlyInAnyOrder(true, false);
        }
    }

    private boolean isLocation(String name, String url) {
        return isDone(() -> world.governance
                .externalLocations()
                .create(World.ADMIN, EntityName.of(name), new Wanted(url, EntityName.of("role"), null), null));
    }

    private boolean isMade(TableName name, String location) {
        return isDone(() -> world.governance.tables().create(World.ADMIN, World.newTableAt(name, location)));
    }

    private static boolean isDone(Runnable creation) {
        try {
            creation.run();
            return true;
        } catch (Failure e) {
            assertThat(e.kind()).isEqualTo(FailureKind.INVALID);
            return false;
        }
    }

    private void makeIfThere(String schema, String table) {
        try {
            world.table("retail", schema, table);
        } catch (Failure e) {
            assertThat(e.kind()).isIn(FailureKind.NOT_FOUND, FailureKind.UNAVAILABLE, FailureKind.CONFLICT);
        }
    }

    private static List<String> namesIn(World where) {
        List<String> names = new ArrayList<>();
        Page<TableNode> page = null;
        do {
            page = where.governance
                    .tables()
                    .list(
                            World.ADMIN,
                            ORDERS.schema(),
                            Page.Request.of(
                                    100, page == null ? null : page.nextToken().orElse(null)));
            page.items().forEach(node -> names.add(node.table().name().toString()));
        } while (page.nextToken().isPresent());
        return names;
    }

    private static <T> void atOnce(List<Callable<T>> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(work.size());
        try {
            for (Future<T> done : threads.invokeAll(work)) done.get();
        } finally {
            threads.shutdownNow();
        }
    }

    private void grant(SecurableType type, String name, Caller user, Privilege privilege) {
        world.governance
                .permissions()
                .update(World.ADMIN, type, name, List.of(new GrantChange(user.name(), Set.of(privilege), Set.of())));
    }
}
