package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.client.ChangeRange;
import io.sluice.client.Profile;
import io.sluice.client.Query;
import io.sluice.client.Row;
import io.sluice.client.Rows;
import io.sluice.client.SharingClient;
import io.sluice.client.TableRef;
import io.sluice.lake.delta.TableReader;
import io.sluice.lake.store.LocalObjectStore;
import io.sluice.lake.table.TableRow;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The recipient's client reads the newcomer's world; Delta Kernel, which read the same folders, is the witness. */
class SharedRowsIT {
    @TempDir
    private static Path data;

    private static PackagedServer server;

    @BeforeAll
    static void start() throws Exception {
        server = PackagedServer.dev(data, "--port", "0");
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "customers", "order_lines", "returns"})
    void everySharedTableHasTheRowsThatKernelReads(String table) throws Exception {
        assertThat(rows("demo", shared(table), Query.all()))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(maps(kernel(table)));
    }

    @Test
    void anOldVersionHasItsOldRows() throws Exception {
        assertThat(rows("demo", shared("returns"), Query.all().atVersion(2)))
                .containsExactlyInAnyOrderElementsOf(maps(kernel("returns", 2)));
    }

    @Test
    void anAnswerThatMayComeLaterIsTheSame() throws Exception {
        assertThat(rows("demo", shared("customers"), Query.all().asynchronous()))
                .hasSize(500);
    }

    @Test
    void rowsThatWereHiddenAreChanges() throws Exception {
        List<Map<String, Object>> hidden = new ArrayList<>();
        long inserts = 0;
        try (Rows changes = client("demo").changes(shared("returns"), ChangeRange.since(0))) {
            while (changes.hasNext()) {
                Row row = changes.next();
                if (Objects.equals(row.get("_change_type"), "delete")) hidden.add(row.toMap());
                else inserts++;
            }
        }

        List<TableRow> before = kernel("returns", 2);
        assertThat(inserts).isEqualTo(before.size());
        assertThat(hidden)
                .hasSize(before.size() - kernel("returns").size())
                .allSatisfy(
                        row -> assertThat(row).containsEntry("withdrawn", true).containsEntry("_commit_version", 3L));
    }

    @Test
    void aRecipientOfOneDaySeesNoOther() throws Exception {
        LocalDate day = LocalDate.of(2026, 1, 1);
        List<TableRow> all = kernel("order_lines");

        assertThat(rows("demo-day", new TableRef("demo_day", "sales", "order_lines"), Query.all()))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(maps(all.stream()
                        .filter(row -> Objects.equals(row.get("order_date"), day))
                        .toList()));
    }

    @Test
    void sealedRowsAreReadThroughTheServer() throws Exception {
        // Kernel cannot read them, but every order of their two days was paid.
        List<Map<String, Object>> payments =
                rows("demo-sealed", new TableRef("demo_sealed", "ledger", "payments"), Query.all());

        assertThat(total(payments.stream())).isEqualTo(total(maps(kernel("orders", 2)).stream()));
    }

    private static BigDecimal total(Stream<Map<String, Object>> rows) {
        return rows.map(row -> (BigDecimal) row.get("amount")).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static List<Map<String, Object>> rows(String recipient, TableRef table, Query query) throws IOException {
        List<Map<String, Object>> all = new ArrayList<>();
        try (Rows rows = client(recipient).rows(table, query)) {
            rows.forEachRemaining(row -> all.add(row.toMap()));
        }
        return all;
    }

    private static SharingClient client(String recipient) throws IOException {
        return new SharingClient(Profile.read(data.resolve(recipient + ".share")));
    }

    private static TableRef shared(String table) {
        return new TableRef("demo", "sales", table);
    }

    private static List<TableRow> kernel(String table) throws Exception {
        return TableReader.latest(LocalObjectStore.at(folder(table))).rows(Integer.MAX_VALUE);
    }

    private static List<TableRow> kernel(String table, long version) throws Exception {
        return TableReader.at(LocalObjectStore.at(folder(table)), version).rows(Integer.MAX_VALUE);
    }

    private static Path folder(String table) throws Exception {
        String location = server.get("/api/2.1/unity-catalog/tables/retail.sales." + table)
                .json()
                .path("storage_location")
                .asText();
        return Path.of(URI.create(location));
    }

    private static List<Map<String, Object>> maps(List<TableRow> rows) {
        return rows.stream().map(TableRow::asMap).toList();
    }
}
