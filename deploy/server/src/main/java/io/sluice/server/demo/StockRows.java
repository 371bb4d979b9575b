package io.sluice.server.demo;

import io.sluice.lake.table.Column;
import io.sluice.lake.table.ColumnType;
import io.sluice.lake.table.TableRow;
import io.sluice.lake.table.TableSchema;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** What the trade has in its warehouses, and what goes in and out of them. */
final class StockRows {
    private static final long SEED = 20_260_102;
    private static final int MOVEMENTS_A_DAY = 300;
    private static final List<String> WAREHOUSES = List.of("Rotterdam", "Leipzig", "Lyon");
    private static final List<String> KINDS = List.of("pump", "valve", "gauge", "filter", "pipe", "gasket");
    private static final List<String> SIZES = List.of("DN 15", "DN 25", "DN 40", "DN 50");

    private static final int FIRST_PRODUCT = 101;

    /** The dearest kind first. */
    private static final int CENTS_OF_DEAREST = 18_900;

    private static final List<Product> ALL = IntStream.range(0, KINDS.size() * SIZES.size())
            .mapToObj(StockRows::product)
            .toList();

    static final TableSchema PRODUCTS = TableSchema.of(
            Column.required("product_id", ColumnType.LONG),
            Column.of("name", ColumnType.STRING),
            Column.of("kind", ColumnType.STRING),
            Column.of("unit_price", ColumnType.decimal(12, 2)));

    static final TableSchema LEVELS = TableSchema.of(
            Column.required("product_id", ColumnType.LONG),
            Column.required("warehouse", ColumnType.STRING),
            Column.of("on_hand", ColumnType.INTEGER),
            Column.of("reorder_at", ColumnType.INTEGER),
            Column.of("counted_on", ColumnType.DATE));

    static final TableSchema MOVEMENTS = TableSchema.of(
            Column.required("movement_id", ColumnType.LONG),
            Column.required("product_id", ColumnType.LONG),
            Column.of("warehouse", ColumnType.STRING),
            Column.of("kind", ColumnType.STRING),
            Column.of("quantity", ColumnType.INTEGER),
            Column.of("moved_at", ColumnType.TIMESTAMP));

    static final TableSchema DELIVERIES = TableSchema.of(
            Column.required("delivery_id", ColumnType.LONG),
            Column.required("product_id", ColumnType.LONG),
            Column.of("warehouse", ColumnType.STRING),
            Column.of("quantity", ColumnType.INTEGER),
            Column.of("unit_cost", ColumnType.decimal(12, 2)),
            Column.of("arrived_at", ColumnType.TIMESTAMP),
            Column.of("arrived_on", ColumnType.DATE));

    private StockRows() {}

    record Product(long id, String name, String kind, BigDecimal price) {}

    private static Product product(int index) {
        int kind = index / SIZES.size();
        int size = index % SIZES.size();
        String name = KINDS.get(kind) + " " + SIZES.get(size);
        BigDecimal price = BigDecimal.valueOf(CENTS_OF_DEAREST / (kind * kind + 1) + 250L * size, 2);
        return new Product(FIRST_PRODUCT + index, name, KINDS.get(kind), price);
    }

    static List<Product> products() {
        return ALL;
    }

    static Product product(SplittableRandom random) {
        return DemoRows.pick(ALL, random);
    }

    static List<TableRow> productRows() {
        return ALL.stream()
                .map(product -> TableRow.of(PRODUCTS, product.id(), product.name(), product.kind(), product.price()))
                .toList();
    }

    static List<TableRow> levels() {
        SplittableRandom random = new SplittableRandom(SEED);
        return ALL.stream()
                .flatMap(product -> WAREHOUSES.stream()
                        .map(warehouse -> TableRow.of(
                                LEVELS,
                                product.id(),
                                warehouse,
                                random.nextInt(800),
                                50 + random.nextInt(4) * 25,
                                DemoRows.OPENING)))
                .toList();
    }

    /** What comes in, bought at two thirds of what it is sold for. */
    static List<TableRow> deliveries(int day) {
        LocalDate date = DemoRows.OPENING.plusDays(day);
        return movements(day).stream()
                .filter(movement -> "delivery".equals(movement.get("kind")))
                .map(movement -> TableRow.of(
                        DELIVERIES,
                        movement.get("movement_id"),
                        movement.get("product_id"),
                        movement.get("warehouse"),
                        movement.get("quantity"),
                        cost((Long) Objects.requireNonNull(movement.get("product_id"))),
                        movement.get("moved_at"),
                        date))
                .toList();
    }

    private static BigDecimal cost(long product) {
        BigDecimal twoThirds = new BigDecimal("0.667");
        return ALL.get((int) (product - FIRST_PRODUCT))
                .price()
                .multiply(twoThirds)
                .setScale(2, RoundingMode.HALF_UP);
    }

    /** Deliveries come in, shipments go out. */
    static List<TableRow> movements(int day) {
        SplittableRandom random = new SplittableRandom(SEED + 1 + day);
        LocalDate date = DemoRows.OPENING.plusDays(day);
        return IntStream.range(0, MOVEMENTS_A_DAY)
                .mapToObj(i -> {
                    boolean isDelivery = random.nextInt(4) == 0;
                    int quantity = isDelivery ? 20 + random.nextInt(80) : -1 - random.nextInt(20);
                    return TableRow.of(
                            MOVEMENTS,
                            day * 1_000_000L + i,
                            product(random).id(),
                            DemoRows.pick(WAREHOUSES, random),
                            isDelivery ? "delivery" : "shipment",
                            quantity,
                            DemoRows.moment(date, random));
                })
                .toList();
    }
}
