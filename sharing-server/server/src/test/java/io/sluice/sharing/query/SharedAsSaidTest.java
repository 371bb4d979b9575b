package io.sluice.sharing.query;

import static io.sluice.sharing.world.World.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.model.failure.Failure;
import io.sluice.model.name.SchemaName;
import io.sluice.model.name.TableName;
import io.sluice.sharing.PageRequest;
import io.sluice.sharing.share.ObjectWish;
import io.sluice.sharing.share.SchemaWish;
import io.sluice.sharing.share.ShareName;
import io.sluice.sharing.share.SharePatch;
import io.sluice.sharing.share.SharedAs;
import io.sluice.sharing.share.SharedTable;
import io.sluice.sharing.world.World;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random tables, rights, objects and schemas: the list is exactly what can be asked for by name, and both are what an
 * obvious model says.
 */
class SharedAsSaidTest {
    private static final int STEPS = 120;
    private static final ShareName SHARE = ShareName.of("partners");
    private static final List<String> SCHEMAS = List.of("m.a", "m.b", "n.a");
    private static final List<String> TABLES = List.of("t", "u", "v-1");
    private static final List<String> NAMES_OF_SCHEMAS = List.of("a", "b", "c");

    @TempDir
    Path folder;

    private World world;
    private Random random;
    private SharedTable like;

    /** Own objects by table, schemas by name, each with the name for recipients; and what the owner lost. */
    private final Map<String, String> objects = new HashMap<>();

    private final Map<String, String> schemas = new HashMap<>();
    private final Map<String, String> ids = new HashMap<>();
    private final Map<String, String> addedIds = new HashMap<>();
    private final HashSet<String> lost = new HashSet<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theListIsWhatCanBeAskedForAndWhatWasSaid(long seed) throws IOException {
        world = new World(folder);
        random = new Random(seed);
        World.Reader reader = world.reader("acme");
        world.share("partners");
        world.grant("partners", "acme");
        like = world.register("x.x.x", Optional.empty());
        for (String schema : SCHEMAS) for (String table : TABLES) make(schema + "." + table);

        for (int step = 0; step < STEPS; step++) {
            act();
            Map<String, String> listed = new TreeMap<>();
            world.listing
                    .allTables(reader.recipient(), SHARE, PageRequest.ofProtocol(Optional.empty(), Optional.empty()))
                    .items()
                    .forEach(table ->
                            listed.put(table.name().toString(), table.table().id()));

            assertThat(listed)
                    .as("seed %d, step %d", seed, step)
                    .isEqualTo(asked(reader))
                    .isEqualTo(said());
        }
    }

    private Map<String, String> asked(World.Reader reader) {
        Map<String, String> found = new TreeMap<>();
        for (String schema : NAMES_OF_SCHEMAS)
            for (String table : TABLES)
                try {
                    found.put(
                            schema + "." + table,
                            world.listing
                                    .table(reader.recipient(), TableAddress.of("partners", schema, table))
                                    .table()
                                    .id());
                } catch (Failure failure) {
                    assertThat(failure.kind().name()).isEqualTo("NOT_FOUND");
                }
        return found;
    }

    private Map<String, String> said() {
        Map<String, String> said = new TreeMap<>();
        schemas.forEach((schema, as) -> {
            if (lost.contains(schema)) return;
            for (String table : TABLES)
                if (ids.containsKey(schema + "." + table) && !objects.containsKey(schema + "." + table))
                    said.put(as + "." + table, ids.get(schema + "." + table));
        });
        objects.forEach((table, as) -> {
            boolean isLost = lost.contains(table) && lost.contains(table.substring(0, table.lastIndexOf('.')));
            boolean stands = addedIds.get(table).equals(ids.get(table));
            if (stands && !isLost) said.put(as, ids.get(table));
            else said.remove(as);
        });
        return said;
    }

    private void act() {
        String schema = pick(SCHEMAS);
        String table = schema + "." + pick(TABLES);
        switch (random.nextInt(8)) {
            case 0 -> make(table);
            case 1 -> {
                world.catalog.drop(TableName.parse(table));
                ids.remove(table);
            }
            case 2 -> lose(random.nextBoolean() ? schema : table);
            case 3 -> world.catalog.allow(ADMIN, found(random.nextBoolean() ? schema : table));
            case 4 -> tried(() -> addTable(table, pick(NAMES_OF_SCHEMAS) + "." + pick(TABLES)));
            case 5 ->
                tried(() -> {
                    world.patch("partners", new SharePatch.Remove(TableName.parse(table)));
                    objects.remove(table);
                });
            case 6 -> tried(() -> addSchema(schema, pick(NAMES_OF_SCHEMAS)));
            default ->
                tried(() -> {
                    world.patch("partners", new SharePatch.RemoveSchema(SchemaName.parse(schema)));
                    schemas.remove(schema);
                });
        }
    }

    private void make(String table) {
        world.catalog.put(like, TableName.parse(table));
        ids.put(table, world.catalog.find(TableName.parse(table)).orElseThrow().id());
    }

    private void lose(String name) {
        world.catalog.deny(ADMIN, name);
        lost.add(name);
    }

    private String found(String name) {
        lost.remove(name);
        return name;
    }

    private void addTable(String table, String as) {
        world.patch("partners", new SharePatch.Add(TableName.parse(table), ObjectWish.as(SharedAs.parse(as))));
        objects.put(table, as);
        addedIds.put(table, ids.get(table));
    }

    private void addSchema(String schema, String as) {
        world.patch(
                "partners",
                new SharePatch.AddSchema(
                        SchemaName.parse(schema),
                        new SchemaWish(Optional.of(as), Optional.empty(), Optional.empty(), Optional.empty())));
        schemas.put(schema, as);
    }

    /** What is refused changes nothing, in the model as in the world. */
    private static void tried(Runnable change) {
        try {
            change.run();
        } catch (Failure refused) {
            assertThat(refused.kind().name()).isIn("NOT_FOUND", "DENIED", "ALREADY_EXISTS");
        }
    }

    private String pick(List<String> some) {
        return some.get(random.nextInt(some.size()));
    }
}
