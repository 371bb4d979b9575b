package io.sluice.sharing.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import io.sluice.model.name.TableName;
import io.sluice.sharing.Page;
import io.sluice.sharing.PageRequest;
import io.sluice.sharing.share.ListedTable;
import io.sluice.sharing.share.ShareName;
import io.sluice.sharing.world.World;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShareListingTest {
    private static final ShareName BIG = ShareName.of("big");

    @TempDir
    Path folder;

    private World world;
    private World.Reader reader;

    @BeforeEach
    void threeSharesOfWhichTwoAreGranted() throws IOException {
        world = new World(folder);
        reader = world.reader("acme");
        List<TableName> tables = new ArrayList<>();
        for (String name : List.of("m.a.t1", "m.a.t2", "m.a-b.t1", "m.b.t1", "m.b.t2"))
            tables.add(world.register(name, Optional.empty()).name());
        world.share("big", tables.toArray(TableName[]::new));
        world.share("alpha");
        world.share("secret", tables.get(0));
        world.grant("big", "acme");
        world.grant("alpha", "acme");
    }

    @Test
    void onlyGrantedSharesExist() {
        assertThat(walk(page -> world.listing.shares(reader.recipient(), page), 500))
                .extracting(share -> share.name().value())
                .containsExactly("alpha", "big");
        assertThat(world.listing.share(reader.recipient(), ShareName.of("BIG")).name())
                .isEqualTo(BIG);
        assertNotFound(() -> world.listing.share(reader.recipient(), ShareName.of("secret")));
        assertNotFound(() -> world.listing.share(reader.recipient(), ShareName.of("nosuch")));
    }

    @Test
    void anUngrantedShareAnswersLikeOneThatDoesNotExist() {
        assertThat(message("secret").replace("secret", "?"))
                .isEqualTo(message("nosuch").replace("nosuch", "?"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 500})
    void pagesOfAnySizeGiveEverythingOnceAndInOrder(int size) {
        assertThat(walk(page -> world.listing.allTables(reader.recipient(), BIG, page), size))
                .extracting(table -> table.name().toString())
                .containsExactly("a.t1", "a.t2", "a-b.t1", "b.t1", "b.t2");
        assertThat(walk(page -> world.listing.schemas(reader.recipient(), BIG, page), size))
                .containsExactly("a", "a-b", "b");
        assertThat(walk(page -> world.listing.tables(reader.recipient(), BIG, "B", page), size))
                .extracting(table -> table.name().table())
                .containsExactly("t1", "t2");
    }

    @Test
    void zeroResultsTellOnlyWhetherThereIsAnything() {
        Page<ListedTable> some = world.listing.allTables(reader.recipient(), BIG, page("0", null));
        Page<String> none = world.listing.schemas(reader.recipient(), ShareName.of("alpha"), page("0", null));

        assertThat(some.items()).isEmpty();
        assertThat(some.nextToken()).isPresent();
        assertThat(world.listing
                        .allTables(
                                reader.recipient(),
                                BIG,
                                page("2", some.nextToken().orElseThrow()))
                        .items())
                .hasSize(2);
        assertThat(none.nextToken()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "501", "many", "", "1.5", "99999999999999999999"})
    void oddPageSizesAreRefused(String size) {
        assertThatThrownBy(() -> page(size, null))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(FailureKind.INVALID));
    }

    @ParameterizedTest
    @ValueSource(strings = {"!", "AAAA", "p1:x"})
    void foreignPageTokensAreRefused(String token) {
        assertThatThrownBy(() -> page("5", token)).isInstanceOf(Failure.class).hasMessageContaining("pageToken");
    }

    @Test
    void tokensCanStandInAUrlAsTheyAre() {
        Page<ListedTable> page = world.listing.allTables(reader.recipient(), BIG, page("1", null));

        assertThat(page.nextToken().orElseThrow()).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void aBrokenTableLeavesTheListAndComesBack() throws IOException {
        var table = world.catalog.find(TableName.parse("m.b.t1")).orElseThrow();

        world.catalog.drop(table.name());
        assertThat(tablesOfB()).containsExactly("t2");

        world.catalog.put(table);
        assertThat(tablesOfB()).containsExactly("t1", "t2");
    }

    @Test
    void anUnknownSchemaIsNotFound() {
        assertNotFound(() -> world.listing.tables(reader.recipient(), BIG, "zzz", page("5", null)));
    }

    private List<String> tablesOfB() {
        return walk(page -> world.listing.tables(reader.recipient(), BIG, "b", page), 500).stream()
                .map(table -> table.name().table())
                .toList();
    }

    private String message(String share) {
        try {
            world.listing.share(reader.recipient(), ShareName.of(share));
            return "";
        } catch (Failure failure) {
            return failure.getMessage();
        }
    }

    private static <T> List<T> walk(Function<PageRequest, Page<T>> list, int size) {
        List<T> all = new ArrayList<>();
        Optional<String> token = Optional.empty();
        do {
            Page<T> page = list.apply(page(Integer.toString(size), token.orElse(null)));
            assertThat(page.items().size()).isLessThanOrEqualTo(size);
            all.addAll(page.items());
            token = page.nextToken();
        } while (token.isPresent());
        return all;
    }

    private static PageRequest page(String size, String token) {
        return PageRequest.ofProtocol(Optional.of(size), Optional.ofNullable(token));
    }

    private static void assertNotFound(Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(FailureKind.NOT_FOUND));
    }
}
