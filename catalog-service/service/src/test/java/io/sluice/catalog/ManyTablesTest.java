package io.sluice.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.catalog.access.Caller;
import io.sluice.catalog.govern.Page;
import io.sluice.catalog.govern.Permissions.GrantChange;
import io.sluice.catalog.govern.Schemas;
import io.sluice.catalog.govern.Tables;
import io.sluice.catalog.snapshot.TableNode;
import io.sluice.catalog.store.StoreUrl;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import io.sluice.model.grant.Privilege;
import io.sluice.model.grant.SecurableType;
import io.sluice.model.name.SchemaName;
import io.sluice.model.name.TableName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More tables than memory has room for: nothing may be seen of what comes and goes there. */
class ManyTablesTest {
    private static final SchemaName SALES = SchemaName.of("retail", "sales");
    /** Room for about fifty tables. */
    private static final long LITTLE = 20_000;

    private static final Comparator<String> BY_BYTES =
            Comparator.comparing(name -> name.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    @TempDir
    private Path folder;

    private World world;
    private Caller ann;

    @BeforeEach
    void open() {
        world = World.withRoomFor(url(), LITTLE);
        ann = world.user("ann@example.com");
        world.catalog("retail");
        world.schema("retail", "sales");
        grant(SecurableType.CATALOG, "retail", Set.of(Privilege.USE_CATALOG), Set.of());
        grant(SecurableType.SCHEMA, "retail.sales", Set.of(Privilege.USE_SCHEMA), Set.of());
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aModelThatForgetsNothingAnswersTheSame() {
        long seed = System.nanoTime();
        System.out.println("seed of aModelThatForgetsNothingAnswersTheSame: " + seed);
        Random random = new Random(seed);
        TreeMap<String, String> comments = new TreeMap<>(BY_BYTES);
        Set<String> granted = new TreeSet<>(BY_BYTES);

        for (int step = 0; step < 700; step++) {
            String name = name(random.nextInt(900));
            switch (random.nextInt(13)) {
                case 0, 1, 2, 3, 4 -> create(comments, name);
                case 5 -> drop(comments, granted, name);
                case 6 -> comment(comments, name, "comment " + step);
                case 7 -> grantOrRevoke(comments, granted, name);
                case 8 ->
                    assertThat(namesFor(World.ADMIN, 1 + random.nextInt(100)))
                            .containsExactlyElementsOf(comments.keySet());
                case 9 -> assertThat(namesFor(ann, 1 + random.nextInt(100))).containsExactlyElementsOf(granted);
                case 10 -> renameAwayAndBack(comments, name, name(random.nextInt(900)) + "_away");
                default -> assertSame(comments, name);
            }
            if (step % 200 == 199) reopen();
        }
        comments.keySet().forEach(name -> assertSame(comments, name));
    }

    @Test
    void aReadCostsNoStatementWhenTheTableIsInMemoryAndTwoWhenNothingIs() {
        for (int i = 0; i < 600; i++) world.table("retail", "sales", name(i));
        reopen();
        TableName late = TableName.of("retail", "sales", name(599));
        world.governance.catalogs().get(World.ADMIN, SALES.catalog());

        assertThat(statementsOf(() -> world.governance.tables().get(World.ADMIN, late)))
                .isLessThanOrEqualTo(2);
        assertThat(statementsOf(() -> world.governance.tables().get(World.ADMIN, late)))
                .isZero();
    }

    @Test
    void whoSeesOneOfManyGetsItOnTheFirstPage() {
        for (int i = 0; i < 600; i++) world.table("retail", "sales", name(i));
        grant(SecurableType.TABLE, "retail.sales." + name(431), Set.of(Privilege.SELECT), Set.of());

        Page<TableNode> page = world.governance.tables().list(ann, SALES, Page.Request.of(null, null));
        assertThat(page.items()).hasSize(1);
        assertThat(page.nextToken()).isEmpty();
    }

    @Test
    void anotherOwnerOfTheSchemaHidesNothingFromTheFormerOneWhoOwnsTables() {
        grant(SecurableType.SCHEMA, "retail.sales", Set.of(Privilege.CREATE_TABLE), Set.of());
        world.governance.schemas().update(World.ADMIN, SALES, ownedBy(ann.name()));
        for (int i = 0; i < 3; i++) world.table("retail", "sales", name(i));
        world.governance.tables().update(World.ADMIN, table(name(1)), new Tables.Patch(null, null, ann.name()));
        world.governance.schemas().update(World.ADMIN, SALES, ownedBy(World.ADMIN.name()));

        assertThat(namesFor(ann, 10)).containsExactly(name(1));
        reopen();
        assertThat(namesFor(ann, 10)).containsExactly(name(1));
    }

    private static Schemas.Patch ownedBy(String owner) {
        return new Schemas.Patch(null, null, null, owner);
    }

    private void create(Map<String, String> comments, String name) {
        try {
            world.table("retail", "sales", name);
            assertThat(comments.put(name, "")).as(name).isNull();
        } catch (Failure e) {
            assertThat(e.kind()).isEqualTo(FailureKind.ALREADY_EXISTS);
            assertThat(comments).containsKey(name);
        }
    }

    private void drop(Map<String, String> comments, Set<String> granted, String name) {
        if (!comments.containsKey(name)) return;
        world.governance.tables().delete(World.ADMIN, table(name));
        comments.remove(name);
        granted.remove(name);
    }

    private void comment(Map<String, String> comments, String name, String comment) {
        if (!comments.containsKey(name)) return;
        world.governance.tables().update(World.ADMIN, table(name), new Tables.Patch(comment, null, null));
        comments.put(name, comment);
    }

    /** Into another range of names, where memory may know nothing, and with its grants. */
    private void renameAwayAndBack(Map<String, String> comments, String name, String away) {
        if (!comments.containsKey(name)) return;
        world.governance.deltaTables().rename(World.ADMIN, table(name), table(away));
        assertThat(namesFor(World.ADMIN, 100)).contains(away).doesNotContain(name);
        world.governance.deltaTables().rename(World.ADMIN, table(away), table(name));
    }

    private void grantOrRevoke(Map<String, String> comments, Set<String> granted, String name) {
        if (!comments.containsKey(name)) return;
        Set<Privilege> select = Set.of(Privilege.SELECT);
        if (granted.remove(name)) grant(SecurableType.TABLE, table(name).toString(), Set.of(), select);
        else {
            grant(SecurableType.TABLE, table(name).toString(), select, Set.of());
            granted.add(name);
        }
    }

    private void assertSame(Map<String, String> comments, String name) {
        try {
            String comment = world.governance
                    .tables()
                    .get(World.ADMIN, table(name))
                    .table()
                    .comment();
            assertThat(comment == null ? "" : comment).as(name).isEqualTo(comments.get(name));
        } catch (Failure e) {
            assertThat(e.kind()).isEqualTo(FailureKind.NOT_FOUND);
            assertThat(comments).doesNotContainKey(name);
        }
    }

    private List<String> namesFor(Caller caller, int pageSize) {
        List<String> names = new ArrayList<>();
        Optional<String> token = Optional.empty();
        do {
            Page<TableNode> page =
                    world.governance.tables().list(caller, SALES, Page.Request.of(pageSize, token.orElse(null)));
            page.items().forEach(node -> names.add(node.table().name().table().value()));
            token = page.nextToken();
            assertThat(token.isPresent() ? page.items().size() : pageSize).isEqualTo(pageSize);
        } while (token.isPresent());
        return names;
    }

    private long statementsOf(Runnable action) {
        long before = world.database.statementsSent();
        action.run();
        return world.database.statementsSent() - before;
    }

    private void grant(SecurableType type, String name, Set<Privilege> add, Set<Privilege> remove) {
        world.governance
                .permissions()
                .update(World.ADMIN, type, name, List.of(new GrantChange(ann.name(), add, remove)));
    }

    private void reopen() {
        world.close();
        world = World.withRoomFor(url(), LITTLE);
    }

    /** Letters of several scripts, beyond the first 65,536 characters too: both sides must sort them alike. */
    private static String name(int number) {
        String[] first = {"a", "b-", "t_", "ﬁ", "é", "𝒳"};
        return first[number % first.length] + number;
    }

    private static TableName table(String name) {
        return TableName.of("retail", "sales", name);
    }

    private StoreUrl url() {
        return StoreUrl.parse("sqlite:" + folder.resolve("metastore.db"));
    }
}
