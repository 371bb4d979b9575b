package io.sluice.sharing.query;

import static io.sluice.sharing.world.World.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.model.work.Territory;
import io.sluice.sharing.Authorship;
import io.sluice.sharing.Page;
import io.sluice.sharing.PageRequest;
import io.sluice.sharing.share.JdbcShareStore;
import io.sluice.sharing.share.Share;
import io.sluice.sharing.share.ShareGrant;
import io.sluice.sharing.share.ShareId;
import io.sluice.sharing.share.ShareName;
import io.sluice.sharing.share.UrlLife;
import io.sluice.sharing.world.World;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A metastore of ten thousand shares, half of them granted to one recipient. */
class ManySharesTest {
    private static final int SHARES = 10_000;

    private static World world;
    private static World.Reader reader;

    @BeforeAll
    static void tenThousandShares(@TempDir Path folder) {
        world = new World(folder);
        reader = world.reader("acme");
        JdbcShareStore store = new JdbcShareStore();
        world.work.write(Territory.ROOT, tx -> {
            for (int i = 0; i < SHARES; i++) {
                ShareId id = new ShareId("share-" + i);
                var made = Authorship.createdBy(ADMIN, world.clock.instant());
                store.insert(
                        tx.connection(),
                        new Share(
                                id,
                                ShareName.of("s%05d".formatted(i)),
                                ADMIN,
                                Optional.empty(),
                                UrlLife.DEFAULT,
                                made));
                if (i % 2 == 0)
                    store.grant(
                            tx.connection(),
                            new ShareGrant(id, reader.recipient().id(), world.clock.instant(), ADMIN));
            }
            tx.afterCommit(world.directory::changed);
            return null;
        });
    }

    @Test
    void aRecipientListsThemFromMemoryThatIsReadOnce() {
        world.work.reads.set(0);

        Set<String> names = walk(page -> world.listing.shares(reader.recipient(), page));

        assertThat(names).hasSize(SHARES / 2).contains("s00000", "s09998");
        assertThat(world.work.reads).hasValue(1);
    }

    @Test
    void aManagerListsAPageByOneRead() {
        world.work.reads.set(0);

        Page<Share> page = world.shares.list(ADMIN, PageRequest.ofManagement(Optional.of("1000"), Optional.empty()));

        assertThat(page.items()).hasSize(1_000);
        assertThat(page.nextToken()).isPresent();
        assertThat(world.work.reads).hasValue(1);
    }

    private static Set<String> walk(Function<PageRequest, Page<Share>> list) {
        Set<String> names = new HashSet<>();
        Optional<String> token = Optional.of("");
        while (token.isPresent()) {
            Page<Share> page = list.apply(PageRequest.ofProtocol(Optional.empty(), token));
            page.items().forEach(share -> names.add(share.name().value()));
            token = page.nextToken();
        }
        return names;
    }
}
