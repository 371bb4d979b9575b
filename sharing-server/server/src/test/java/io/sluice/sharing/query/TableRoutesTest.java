package io.sluice.sharing.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.crypto.seal.KeyRevokedException;
import io.sluice.sharing.query.ReplicaLocations.ReplicaCopy;
import io.sluice.sharing.recipient.Recipient;
import io.sluice.sharing.share.SharedTable;
import io.sluice.sharing.wire.Capabilities;
import io.sluice.sharing.wire.QueryRequest;
import io.sluice.sharing.world.World;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableRoutesTest {
    private static final String REGION = "azure:westeurope";
    private static final TableAddress ORDERS = TableAddress.of("partners", "sales", "orders");
    private static final Capabilities PLAIN = Capabilities.parse(Optional.empty(), Optional.empty());

    @TempDir
    Path folder;

    private World world;
    private World.Reader far;
    private World.Reader near;
    private SharedTable table;
    private URI copy;

    @BeforeEach
    void aTableAtVersionTwoAndACopyOfItAtItsOwnVersionOne() throws IOException {
        world = new World(folder);
        near = world.reader("near");
        far = world.reader("far", Map.of(Recipient.REGION_PROPERTY, REGION));
        table = world.table("main.sales.orders");
        world.share("partners", table.name());
        world.grant("partners", "near");
        world.grant("partners", "far");
        world.append(table.location(), "2026-01-01", 1);
        world.append(table.location(), "2026-01-02", 1);
        copy = world.newFolder("copy");
        world.author(copy).create(World.ORDERS, List.of("day"), Map.of());
        world.append(copy, "2026-01-01", 2);
        copyEquals(1, 2, Optional.empty());
    }

    @Test
    void aRecipientReadsTheCopyInTheirRegionUnderTheSourcesVersion() throws IOException {
        query(far);
        query(near);

        assertThat(world.listed.get(0).location()).isEqualTo(copy);
        assertThat(world.listed.get(0).version()).isEqualTo(2);
        assertThat(world.listed.get(0).files()).isEqualTo(1);
        assertThat(world.listed.get(1).location()).isEqualTo(table.location());
        assertThat(world.listed.get(1).version()).isEqualTo(2);
        assertThat(world.listed.get(1).files()).isEqualTo(2);
    }

    @Test
    void aCopyThatLagsIsUsedAtTheVersionItEquals() throws IOException {
        world.append(table.location(), "2026-01-03", 1);
        world.append(copy, "2026-01-02", 1); // a sync that has not been recorded yet

        query(far);

        assertThat(world.listed.get(0).version()).isEqualTo(2);
        assertThat(world.listed.get(0).files()).isEqualTo(1);
    }

    @Test
    void noRecipientIsToldAnOlderVersionThanBefore() throws IOException {
        // The copy fails, so the source tells version 3. When the copy is back with version 2, it has to wait.
        world.append(table.location(), "2026-01-03", 1);
        world.stores.get(copy).isDark = true;
        query(far);
        world.stores.get(copy).isDark = false;
        query(far);
        world.append(copy, "2026-01-03", 1);
        copyEquals(2, 3, Optional.empty());
        query(far);

        assertThat(world.listed).extracting(event -> event.version()).containsExactly(3L, 3L, 3L);
        assertThat(world.listed)
                .extracting(event -> event.location())
                .containsExactly(table.location(), table.location(), copy);
    }

    @Test
    void anUnchangedCopyCostsNoRequestAtAll() throws IOException {
        query(far);
        world.stores.get(copy).requests.set(0);
        world.stores.get(table.location()).requests.set(0);

        query(far);

        assertThat(world.stores.get(copy).requests).hasValue(0);
        assertThat(world.stores.get(table.location()).requests).hasValue(0);
    }

    @Test
    void aSealedTableIsNeverAnsweredFromAPlainCopy() throws IOException {
        seal();

        query(far);

        assertThat(world.listed.get(0).location()).isEqualTo(table.location());
    }

    @Test
    void withdrawingEitherKeyStopsTheSealedCopy() throws IOException {
        seal();
        copyEquals(1, 2, Optional.of("copy-scope"));
        query(far);
        assertThat(world.listed.get(0).location()).isEqualTo(copy);

        world.gate.revoke("copy-scope");
        assertThatThrownBy(() -> query(far)).isInstanceOf(KeyRevokedException.class);
        world.gate.restore("copy-scope");
        world.gate.revoke("source-scope");
        assertThatThrownBy(() -> query(far)).isInstanceOf(KeyRevokedException.class);
    }

    private void seal() {
        world.catalog.put(new SharedTable(
                table.id(),
                table.name(),
                table.format(),
                table.location(),
                Optional.of("source-scope"),
                World.ADMIN,
                Optional.empty()));
    }

    private void copyEquals(long replicaVersion, long sourceVersion, Optional<String> scope) {
        world.copies.put(table.id() + "@" + REGION, new ReplicaCopy(copy, replicaVersion, sourceVersion, scope));
    }

    private void query(World.Reader reader) throws IOException {
        SharingProtocolTest.lines(
                world.protocol.query(reader.recipient(), ORDERS, PLAIN, QueryRequest.parse(new byte[0])));
    }
}
