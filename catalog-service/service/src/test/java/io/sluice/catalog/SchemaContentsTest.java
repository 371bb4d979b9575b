package io.sluice.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.catalog.access.Caller;
import io.sluice.catalog.govern.Permissions.GrantChange;
import io.sluice.catalog.govern.SchemaContents;
import io.sluice.catalog.govern.Tables;
import io.sluice.catalog.store.StoreUrl;
import io.sluice.model.grant.Privilege;
import io.sluice.model.grant.SecurableType;
import io.sluice.model.name.SchemaName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Schemas as the rest of the house reads them, on the pod that owns them and on one that does not. */
class SchemaContentsTest {
    private static final SchemaName SALES = SchemaName.of("retail", "sales");
    /** More than one range of the memory holds. */
    private static final int TABLES = 600;

    @TempDir
    Path folder;

    private StoreUrl url;
    private World world;

    @BeforeEach
    void aSchema() {
        url = StoreUrl.parse("sqlite:" + folder.resolve("metastore.db"));
        world = World.open(url);
        world.catalog("retail");
        world.schema("retail", "sales");
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void runsOfAnySizeGiveEveryTableOnceAndInOrder() {
        for (int i = 0; i < TABLES; i++) world.table("retail", "sales", "t%04d".formatted(i));
        try (World cold = World.open(url);
                World stranger = World.open(url, new OwnsNothing())) {
            for (World any : List.of(world, cold, stranger))
                for (int most : List.of(70, TABLES, TABLES + 1))
                    assertThat(walk(any.governance.schemaContents(), most))
                            .hasSize(TABLES)
                            .isSorted()
                            .doesNotHaveDuplicates();
        }
    }

    @Test
    void aSchemaIsKnownByItsIdAndItsRightsEverywhere() {
        Caller ann = world.user("ann");
        grant(SecurableType.CATALOG, "retail", Privilege.USE_CATALOG);
        grant(SecurableType.SCHEMA, "retail.sales", Privilege.USE_SCHEMA);
        try (World stranger = World.open(url, new OwnsNothing())) {
            assertThat(stranger.governance.schemaContents().idOf(SALES))
                    .isEqualTo(world.governance.schemaContents().idOf(SALES))
                    .isPresent();
            assertThat(stranger.governance.schemaContents().idOf(SchemaName.of("retail", "gone")))
                    .isEmpty();
            assertThat(stranger.governance.schemaContents().mayUse(ann, SALES, Privilege.SELECT))
                    .isFalse();

            grant(SecurableType.SCHEMA, "retail.sales", Privilege.SELECT);
            assertThat(stranger.governance.schemaContents().mayUse(ann, SALES, Privilege.SELECT))
                    .isTrue();
        }
    }

    private static List<String> walk(SchemaContents contents, int most) {
        List<String> names = new ArrayList<>();
        while (true) {
            String after = names.isEmpty() ? "" : names.get(names.size() - 1);
            List<Tables.Usable> run = contents.tables(SALES, after, most);
            run.forEach(table -> names.add(table.table().name().table().value()));
            if (run.size() < most) return names;
        }
    }

    private void grant(SecurableType type, String name, Privilege privilege) {
        world.governance
                .permissions()
                .update(World.ADMIN, type, name, List.of(new GrantChange("ann", Set.of(privilege), Set.of())));
    }
}
