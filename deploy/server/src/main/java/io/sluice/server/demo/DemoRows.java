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
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A trade in parts for pipes: who buys, what, and what comes back. The same day always has the same rows, and the rows
 * agree with each other: an order's amount is the sum of its lines, and is what is paid.
 */
final class DemoRows {
    private static final long SEED = 20_260_101;
    static final String ORDER_DATE = "order_date";
    static final LocalDate OPENING = LocalDate.of(2026, 1, 1);
    private static final int SECONDS_OF_TRADE = 10 * 3600;
    private static final int MOST_LINES = 4;
    private static final int ONE_RETURN_IN = 12;

    static final int CUSTOMER_COUNT = 500;
    static final int ORDERS_A_DAY = 1_200;

    private static final List<String> FIRST_NAMES = List.of(
            "Anna", "Ben", "Chiara", "David", "Elif", "Femke", "Gael", "Hanna", "Ivo", "Jana", "Karol", "Lucia");
    private static final List<String> LAST_NAMES = List.of(
            "Bakker",
            "Costa",
            "Dubois",
            "Fischer",
            "Garcia",
            "Jansen",
            "Kowalska",
            "Lefevre",
            "Moreno",
            "Nowak",
            "Schmidt",
            "Vermeer",
            "Wagner");
    private static final List<String> COUNTRIES = List.of("DE", "FR", "NL", "PL", "ES");
    private static final List<String> CHANNELS = List.of("web", "shop", "phone");
    private static final List<String> METHODS = List.of("card", "transfer", "invoice");
    private static final List<String> REASONS = List.of("damaged", "wrong size", "too late", "not needed");

    static final TableSchema ORDERS = TableSchema.of(
            Column.required("order_id", ColumnType.LONG),
            Column.required("customer_id", ColumnType.LONG),
            Column.of("country", ColumnType.STRING),
            Column.of("channel", ColumnType.STRING),
            Column.of("lines", ColumnType.INTEGER),
            Column.of("amount", ColumnType.decimal(12, 2)),
            Column.of(ORDER_DATE, ColumnType.DATE),
            Column.of("ordered_at", ColumnType.TIMESTAMP));

    static final TableSchema ORDER_LINES = TableSchema.of(
            Column.required("order_id", ColumnType.LONG),
            Column.required("line", ColumnType.INTEGER),
            Column.required("product_id", ColumnType.LONG),
            Column.of("quantity", ColumnType.INTEGER),
            Column.of("unit_price", ColumnType.decimal(12, 2)),
            Column.of("amount", ColumnType.decimal(12, 2)),
            Column.of(ORDER_DATE, ColumnType.DATE));

    static final TableSchema RETURNS = TableSchema.of(
            Column.required("return_id", ColumnType.LONG),
            Column.required("order_id", ColumnType.LONG),
            Column.of("line", ColumnType.INTEGER),
            Column.of("reason", ColumnType.STRING),
            Column.of("amount", ColumnType.decimal(12, 2)),
            Column.of("withdrawn", ColumnType.BOOLEAN),
            Column.of("returned_on", ColumnType.DATE));

    static final TableSchema CUSTOMERS = TableSchema.of(
            Column.required("customer_id", ColumnType.LONG),
            Column.of("name", ColumnType.STRING),
            Column.of("email", ColumnType.STRING),
            Column.of("country", ColumnType.STRING),
            Column.of("since", ColumnType.DATE));

    static final TableSchema PAYMENTS = TableSchema.of(
            Column.required("payment_id", ColumnType.LONG),
            Column.required("order_id", ColumnType.LONG),
            Column.of("method", ColumnType.STRING),
            Column.of("amount", ColumnType.decimal(12, 2)),
            Column.of("paid_at", ColumnType.TIMESTAMP));

    private DemoRows() {}

    /** A line of an order before it is a row. */
    record Line(long orderId, int number, long productId, int quantity, BigDecimal unitPrice, LocalDate date) {
        BigDecimal amount() {
            return unitPrice.multiply(BigDecimal.valueOf(quantity));
        }

        /** Of the return, if the line comes back. */
        long returnId() {
            return orderId * 10 + number;
        }

        TableRow row() {
            return TableRow.of(ORDER_LINES, orderId, number, productId, quantity, unitPrice, amount(), date);
        }
    }

    static List<TableRow> customers() {
        return IntStream.rangeClosed(1, CUSTOMER_COUNT)
                .mapToObj(DemoRows::customer)
                .toList();
    }

    private static TableRow customer(int id) {
        SplittableRandom random = new SplittableRandom(SEED + 7L * id);
        String first = pick(FIRST_NAMES, random);
        String last = pick(LAST_NAMES, random);
        return TableRow.of(
                CUSTOMERS,
                (long) id,
                first + " " + last,
                (first + "." + last + id + "@example.com").toLowerCase(Locale.ROOT),
                country(id),
                OPENING.minusDays(random.nextInt(2_000)));
    }

    static List<TableRow> orders(int day) {
        SplittableRandom random = new SplittableRandom(SEED + day);
        return orderIds(day).map(id -> order(id, day, random)).toList();
    }

    private static TableRow order(long id, int day, SplittableRandom random) {
        long customer = 1L + random.nextInt(CUSTOMER_COUNT);
        List<Line> lines = linesOf(id, day).toList();
        return TableRow.of(
                ORDERS,
                id,
                customer,
                country(customer),
                pick(CHANNELS, random),
                lines.size(),
                total(lines),
                date(day),
                moment(date(day), random));
    }

    static List<TableRow> orderLines(int day) {
        return lines(day).map(Line::row).toList();
    }

    /** What came back of a day's orders within two weeks; a few customers then think better of it. */
    static List<TableRow> returns(int day) {
        SplittableRandom random = new SplittableRandom(SEED + 1_000 + day);
        return lines(day)
                .filter(line -> random.nextInt(ONE_RETURN_IN) == 0)
                .map(line -> TableRow.of(
                        RETURNS,
                        line.returnId(),
                        line.orderId(),
                        line.number(),
                        pick(REASONS, random),
                        line.amount(),
                        random.nextInt(5) == 0,
                        line.date().plusDays(1 + random.nextInt(14))))
                .toList();
    }

    static List<TableRow> payments(int day) {
        SplittableRandom random = new SplittableRandom(SEED - 1 - day);
        return orderIds(day)
                .map(id -> TableRow.of(
                        PAYMENTS,
                        id,
                        id,
                        pick(METHODS, random),
                        total(linesOf(id, day).toList()),
                        moment(date(day), random)))
                .toList();
    }

    static Stream<Line> lines(int day) {
        return orderIds(day).flatMap(id -> linesOf(id, day));
    }

    private static Stream<Line> linesOf(long orderId, int day) {
        SplittableRandom random = new SplittableRandom(SEED ^ orderId);
        return IntStream.rangeClosed(1, 1 + random.nextInt(MOST_LINES)).mapToObj(number -> {
            StockRows.Product product = StockRows.product(random);
            return new Line(orderId, number, product.id(), 1 + random.nextInt(12), product.price(), date(day));
        });
    }

    private static Stream<Long> orderIds(int day) {
        return IntStream.range(0, ORDERS_A_DAY).mapToObj(i -> day * 1_000_000L + i);
    }

    private static BigDecimal total(List<Line> lines) {
        return lines.stream().map(Line::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static String country(long customer) {
        return pick(COUNTRIES, new SplittableRandom(SEED - customer));
    }

    private static LocalDate date(int day) {
        return OPENING.plusDays(day);
    }

    static <T> T pick(List<T> values, SplittableRandom random) {
        return values.get(random.nextInt(values.size()));
    }

    static Instant moment(LocalDate date, SplittableRandom random) {
        return date.atTime(8, 0).plusSeconds(random.nextInt(SECONDS_OF_TRADE)).toInstant(ZoneOffset.UTC);
    }
}
