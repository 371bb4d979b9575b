package io.sluice.sharing.query;

import static io.sluice.sharing.world.World.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.lake.table.TableFormat;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import io.sluice.model.name.SchemaName;
import io.sluice.model.name.TableName;
import io.sluice.sharing.Page;
import io.sluice.sharing.PageRequest;
import io.sluice.sharing.files.GatewayRequest;
import io.sluice.sharing.internal.Json;
import io.sluice.sharing.share.ListedTable;
import io.sluice.sharing.share.ObjectWish;
import io.sluice.sharing.share.SchemaWish;
import io.sluice.sharing.share.ShareName;
import io.sluice.sharing.share.SharePatch;
import io.sluice.sharing.share.SharedAs;
import io.sluice.sharing.share.SharedPartitions;
import io.sluice.sharing.share.SharedTable;
import io.sluice.sharing.wire.Capabilities;
import io.sluice.sharing.wire.QueryRequest;
import io.sluice.sharing.world.World;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Schemas that are shared as a whole, alone and beside tables that are shared by themselves. */
class SharedSchemasTest {
    private static final SchemaName SALES = SchemaName.parse("main.sales");
    private static final ShareName PARTNERS = ShareName.of("partners");

    @TempDir
    Path folder;

    private World world;
    private World.Reader reader;

    @BeforeEach
    void aSharedSchemaOfTwoTables() throws IOException {
        world = new World(folder);
        reader = world.reader("acme");
        register("main.sales.orders", "main.sales.returns", "main.hr.people");
        world.share("partners");
        world.grant("partners", "acme");
        world.patch("partners", new SharePatch.AddSchema(SALES, SchemaWish.PLAIN));
    }

    @Test
    void allTablesOfTheSchemaAreThereAndNoOthers() {
        assertThat(listed()).containsExactly("sales.orders", "sales.returns");
        assertThat(schemas()).containsExactly("sales");
        assertFound("SALES", "Orders");
        assertAbsent("hr", "people");
    }

    @Test
    void aTableThatIsMadeLaterAppearsAndADroppedOneGoes() throws IOException {
        register("main.sales.baskets");
        world.catalog.drop(TableName.parse("main.sales.orders"));

        assertThat(listed()).containsExactly("sales.baskets", "sales.returns");
        assertFound("sales", "baskets");
        assertAbsent("sales", "orders");
    }

    @Test
    void aSchemaWithoutTablesIsSeen() {
        world.catalog.drop(TableName.parse("main.sales.orders"));
        world.catalog.drop(TableName.parse("main.sales.returns"));

        assertThat(schemas()).containsExactly("sales");
        assertThat(listed()).isEmpty();
    }

    @Test
    void aTableWithItsOwnObjectIsGivenAsThatSaysAndNotTwice() {
        world.patch(
                "partners",
                new SharePatch.Add(TableName.parse("main.sales.orders"), ObjectWish.as(SharedAs.parse("deals.all"))));

        assertThat(listed()).containsExactly("deals.all", "sales.returns");
        assertAbsent("sales", "orders");
    }

    @Test
    void aLimitOnATableHoldsThoughItsSchemaIsSharedWhole() throws IOException {
        TableName limited = TableName.parse("main.sales.limited");
        SharedTable table = world.table(limited.toString());
        world.append(table.location(), "2026-01-01", 1);
        world.append(table.location(), "2026-01-02", 1);
        world.add("partners", limited, SharedAs.of(limited));
        world.limit(
                "partners",
                limited,
                new SharedPartitions(List.of(List.of(new SharedPartitions.Condition(
                        "day", SharedPartitions.Operation.EQUAL, new SharedPartitions.Text("2026-01-02"))))));

        assertThat(lines("sales", "limited"))
                .filteredOn(line -> line.contains("\"file\""))
                .hasSize(1);

        world.catalog.put(table, limited);
        assertAbsent("sales", "limited");
    }

    @Test
    void aNameThatATableOfItsOwnTookIsNotGivenByTheSchema() {
        world.patch(
                "partners",
                new SharePatch.Add(TableName.parse("main.hr.people"), ObjectWish.as(SharedAs.parse("Sales.Orders"))));

        assertThat(listed()).containsExactly("sales.orders", "sales.returns");
        assertThat(world.listing
                        .table(reader.recipient(), address("sales", "orders"))
                        .table()
                        .name())
                .hasToString("main.hr.people");
    }

    @Test
    void whatTheOwnerMayNotGiveAnyMoreIsGoneUntilThatIsMended() {
        world.catalog.deny(ADMIN, "main.sales");
        assertThat(listed()).isEmpty();
        assertThat(schemas()).isEmpty();
        assertAbsent("sales", "orders");
        assertThat(world.shares.get(ADMIN, PARTNERS).schemas())
                .singleElement()
                .satisfies(schema -> assertThat(schema.isServed()).isFalse());

        world.catalog.allow(ADMIN, "main.sales");
        assertThat(listed()).containsExactly("sales.orders", "sales.returns");
    }

    @Test
    void anotherSchemaThatTakesTheNameIsNotShared() {
        world.catalog.replace(SALES);

        assertThat(listed()).isEmpty();
        assertAbsent("sales", "orders");
    }

    @Test
    void aNewOwnerDoesNotOpenWhatTheOldOneLost() {
        world.catalog.deny(ADMIN, "main.sales");

        assertFails(FailureKind.DENIED, () -> world.shares.update(ADMIN, PARTNERS, SharePatch.ofOwner("eve")));
    }

    @Test
    void whoeverMayNotGiveTheWholeSchemaCannotAddIt() {
        world.catalog.deny(ADMIN, "main.hr");
        var add = new SharePatch.AddSchema(SchemaName.parse("main.hr"), SchemaWish.PLAIN);

        assertFails(FailureKind.DENIED, () -> world.patch("partners", add));
        assertFails(
                FailureKind.NOT_FOUND,
                () -> world.patch(
                        "partners", new SharePatch.AddSchema(SchemaName.parse("main.nosuch"), SchemaWish.PLAIN)));
    }

    @Test
    void aSchemaStandsInAShareOnceAndUnderOneName() throws IOException {
        register("other.sales.orders");
        SchemaName other = SchemaName.parse("other.sales");

        assertFails(
                FailureKind.ALREADY_EXISTS,
                () -> world.patch("partners", new SharePatch.AddSchema(SALES, as("again"))));
        assertFails(
                FailureKind.ALREADY_EXISTS,
                () -> world.patch("partners", new SharePatch.AddSchema(other, SchemaWish.PLAIN)));

        world.patch("partners", new SharePatch.AddSchema(other, as("Elsewhere")));
        assertThat(listed()).containsExactly("elsewhere.orders", "sales.orders", "sales.returns");

        world.patch("partners", new SharePatch.UpdateSchema(SALES, as("shop")), new SharePatch.RemoveSchema(other));
        assertThat(listed()).containsExactly("shop.orders", "shop.returns");
    }

    @Test
    void historyIsSharedOfAllTablesOrOfNone() throws IOException {
        SharedTable table = world.table("main.sales.daily");
        world.append(table.location(), "2026-01-01", 1);
        TableAddress daily = address("sales", "daily");

        assertThatThrownBy(() -> metadata(daily, "0")).isInstanceOf(Failure.class);

        world.patch(
                "partners",
                new SharePatch.UpdateSchema(
                        SALES,
                        new SchemaWish(Optional.empty(), Optional.empty(), Optional.of(true), Optional.empty())));
        assertThat(metadata(daily, "0").headers()).containsEntry(TableAnswer.VERSION_HEADER, "0");
    }

    @Test
    void fileUrlsEndWithTheSchemaAndNotWithAnotherTable() throws IOException {
        SharedTable table = world.table("main.sales.daily");
        world.append(table.location(), "2026-01-01", 1);
        String url = lines("sales", "daily").stream()
                .filter(line -> line.contains("\"file\""))
                .map(line -> Json.stored(line).path("file").path("url").asText())
                .findFirst()
                .orElseThrow();

        world.catalog.drop(TableName.parse("main.sales.orders"));
        assertThat(status(url)).isEqualTo(200);

        world.patch("partners", new SharePatch.RemoveSchema(SALES));
        assertThat(status(url)).isEqualTo(403);
    }

    @Test
    void tenThousandTablesAreListedByPagesThatCostOneLookEach() throws IOException {
        SharedTable like = world.register("main.many.t", Optional.empty());
        world.catalog.drop(like.name());
        for (int i = 0; i < 10_000; i++) world.catalog.put(like, TableName.of("main", "many", "t%05d".formatted(i)));
        world.patch("partners", new SharePatch.AddSchema(SchemaName.parse("main.many"), SchemaWish.PLAIN));
        world.patch("partners", new SharePatch.RemoveSchema(SALES));
        world.catalog.listings.set(0);

        List<ListedTable> all = walk();

        assertThat(all).hasSize(10_000).doesNotHaveDuplicates();
        assertThat(world.catalog.listings).hasValueLessThanOrEqualTo(10_000 / 500 + 1);
    }

    private void register(String... names) throws IOException {
        for (String name : names) world.register(name, Optional.empty());
    }

    private static SchemaWish as(String name) {
        return new SchemaWish(Optional.of(name), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static TableAddress address(String schema, String table) {
        return TableAddress.of("partners", schema, table);
    }

    private List<String> listed() {
        return walk().stream().map(table -> table.name().toString()).toList();
    }

    private List<ListedTable> walk() {
        List<ListedTable> all = new ArrayList<>();
        Optional<String> token = Optional.of("");
        while (token.isPresent()) {
            Page<ListedTable> page = world.listing.allTables(
                    reader.recipient(), PARTNERS, PageRequest.ofProtocol(Optional.empty(), token));
            all.addAll(page.items());
            token = page.nextToken();
        }
        return all;
    }

    private List<String> schemas() {
        return world.listing
                .schemas(reader.recipient(), PARTNERS, PageRequest.ofProtocol(Optional.empty(), Optional.empty()))
                .items();
    }

    private void assertFound(String schema, String table) {
        assertThat(world.listing
                        .table(reader.recipient(), address(schema, table))
                        .table()
                        .format())
                .isEqualTo(TableFormat.DELTA);
    }

    private void assertAbsent(String schema, String table) {
        assertFails(FailureKind.NOT_FOUND, () -> world.listing.table(reader.recipient(), address(schema, table)));
    }

    private TableAnswer metadata(TableAddress address, String version) {
        return world.protocol.metadata(
                reader.recipient(),
                address,
                Capabilities.parse(Optional.empty(), Optional.empty()),
                Optional.of(version),
                Optional.empty());
    }

    private List<String> lines(String schema, String table) throws IOException {
        TableAnswer answer = world.protocol.query(
                reader.recipient(),
                address(schema, table),
                Capabilities.parse(Optional.empty(), Optional.empty()),
                QueryRequest.parse(new byte[0]));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        answer.body().writeTo(out);
        return Stream.of(out.toString(java.nio.charset.StandardCharsets.UTF_8).split("\n"))
                .toList();
    }

    private int status(String url) {
        String path = URI.create(url).getPath();
        return world.gateway
                .answer(new GatewayRequest(
                        GatewayRequest.Method.GET,
                        path.substring(path.lastIndexOf('/') + 1),
                        world.client,
                        Optional.empty(),
                        Optional.empty(),
                        "r-1"))
                .status();
    }

    private static void assertFails(FailureKind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
