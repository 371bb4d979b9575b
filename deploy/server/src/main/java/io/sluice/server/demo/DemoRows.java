package io.sluice.server.demo;

import io.sluice.lake.table.Column;
import io.sluice.lake.table.ColumnType;
import io.sluice.lake.table.TableRow;
import io.sluice.lake.table.TableSchema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Rows that look like a business. The same day always has the same rows. */
final class DemoRows {
    private static final long SEED = 20_260_101;
    private static final LocalDate OPENING = LocalDate.of(2026, 1, 1);
    private static final List<String> COUNTRIES = List.of("DE", "FR", "NL", "PL", "ES");
    private static final List<String> PRODUCTS =
            List.of("valve", "pump", "gauge", "filter", "pipe", "gasket", "sensor", "gate");
    private static final List<String> METHODS = List.of("card", "transfer", "invoice");
    private static final int SECONDS_OF_TRADE = 10 * 3600;

    static final int CUSTOMER_COUNT = 500;

    static final TableSchema ORDERS = TableSchema.of(
            Column.required("order_id", ColumnType.LONG),
            Column.required("customer_id", ColumnType.LONG),
            Column.of("country", ColumnType.STRING),
            Column.of("product", ColumnType.STRING),
            Column.of("quantity", ColumnType.INTEGER),
            Column.of("amount", ColumnType.decimal(12, 2)),
            Column.of("order_date", ColumnType.DATE),
            Column.of("ordered_at", ColumnType.TIMESTAMP));

    static final TableSchema CUSTOMERS = TableSchema.of(
            Column.required("customer_id", ColumnType.LONG),
            Column.of("name", ColumnType.STRING),
            Column.of("country", ColumnType.STRING),
            Column.of("since", ColumnType.DATE));

    static final TableSchema PAYMENTS = TableSchema.of(
            Column.required("payment_id", ColumnType.LONG),
            Column.required("order_id", ColumnType.LONG),
            Column.of("method", ColumnType.STRING),
            Column.of("amount", ColumnType.decimal(12, 2)),
            Column.of("paid_at", ColumnType.TIMESTAMP));

    private DemoRows() {}

    static List<TableRow> orders(int day, int count) {
        SplittableRandom random = new SplittableRandom(SEED + day);
        LocalDate date = OPENING.plusDays(day);
        return IntStream.range(0, count)
                .mapToObj(i -> TableRow.of(
                        ORDERS,
                        day * 1_000_000L + i,
                        1L + random.nextInt(CUSTOMER_COUNT),
                        pick(COUNTRIES, random),
                        pick(PRODUCTS, random),
                        1 + random.nextInt(12),
                        euros(random),
                        date,
                        moment(date, random)))
                .toList();
    }

    static List<TableRow> customers() {
        SplittableRandom random = new SplittableRandom(SEED);
        return IntStream.rangeClosed(1, CUSTOMER_COUNT)
                .mapToObj(id -> TableRow.of(
                        CUSTOMERS,
                        (long) id,
                        "Customer " + id,
                        pick(COUNTRIES, random),
                        OPENING.minusDays(random.nextInt(2_000))))
                .toList();
    }

    static List<TableRow> payments(int day, int count) {
        SplittableRandom random = new SplittableRandom(SEED - 1 - day);
        LocalDate date = OPENING.plusDays(day);
        return IntStream.range(0, count)
                .mapToObj(i -> TableRow.of(
                        PAYMENTS,
                        day * 1_000_000L + i,
                        day * 1_000_000L + i,
                        pick(METHODS, random),
                        euros(random),
                        moment(date, random)))
                .toList();
    }

    private static String pick(List<String> values, SplittableRandom random) {
        return values.get(random.nextInt(values.size()));
    }

    private static BigDecimal euros(SplittableRandom random) {
        return BigDecimal.valueOf(100 + random.nextInt(500_000), 2);
    }

    private static Instant moment(LocalDate date, SplittableRandom random) {
        return date.atTime(8, 0).plusSeconds(random.nextInt(SECONDS_OF_TRADE)).toInstant(ZoneOffset.UTC);
    }
}
