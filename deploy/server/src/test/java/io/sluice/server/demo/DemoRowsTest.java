package io.sluice.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.lake.table.TableRow;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The demo's rows tell one story, and the same one on every machine. */
class DemoRowsTest {
    @Test
    void aDayAlwaysHasTheSameRows() {
        assertThat(DemoRows.orders(1)).isEqualTo(DemoRows.orders(1)).isNotEqualTo(DemoRows.orders(0));
        assertThat(sum(DemoRows.orders(0))).isEqualTo("1215572.07");
        assertThat(DemoRows.orderLines(0)).hasSize(2973);
        assertThat(DemoRows.returns(0)).hasSize(226);
    }

    @Test
    void whatIsOrderedIsWhatIsPaidAndTheSumOfTheLines() {
        assertThat(sum(DemoRows.payments(1))).isEqualTo(sum(DemoRows.orders(1))).isEqualTo(sum(DemoRows.orderLines(1)));
    }

    @Test
    void everyReferenceLeadsToARow() {
        Set<Object> customers = values(DemoRows.customers(), row -> row.get("customer_id"));
        Set<Object> orders = values(DemoRows.orders(0), row -> row.get("order_id"));
        Set<Object> products = values(StockRows.productRows(), row -> row.get("product_id"));

        assertThat(customers).containsAll(values(DemoRows.orders(0), row -> row.get("customer_id")));
        assertThat(orders).isEqualTo(values(DemoRows.orderLines(0), row -> row.get("order_id")));
        assertThat(orders).containsAll(values(DemoRows.returns(0), row -> row.get("order_id")));
        assertThat(products)
                .containsAll(values(DemoRows.orderLines(0), row -> row.get("product_id")))
                .containsAll(values(StockRows.movements(0), row -> row.get("product_id")))
                .isEqualTo(values(StockRows.levels(), row -> row.get("product_id")));
    }

    @Test
    void theModelKnowsTheRateOfEachKind() {
        assertThat(DemoFiles.returnRates())
                .hasSize(6)
                .allSatisfy((kind, rate) -> assertThat(rate).isBetween(0.04, 0.13));
    }

    private static String sum(List<TableRow> rows) {
        return rows.stream()
                .map(row -> (BigDecimal) Objects.requireNonNull(row.get("amount")))
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .toPlainString();
    }

    private static Set<Object> values(List<TableRow> rows, Function<TableRow, Object> value) {
        return rows.stream().map(value).collect(Collectors.toSet());
    }
}
