package io.sluice.server.demo;

import io.sluice.model.name.TableName;

/** What the things in the demo world are called. */
public final class DemoNames {
    public static final TableName ORDERS = TableName.of("retail", "sales", "orders");
    public static final TableName CUSTOMERS = TableName.of("retail", "sales", "customers");
    public static final TableName PAYMENTS = TableName.of("finance", "ledger", "payments");

    /** Partitioned by day. */
    static final TableName ORDER_LINES = TableName.of("retail", "sales", "order_lines");

    /** With deletion vectors. */
    static final TableName RETURNS = TableName.of("retail", "sales", "returns");

    static final TableName PRODUCTS = TableName.of("retail", "stock", "products");
    static final TableName LEVELS = TableName.of("retail", "stock", "levels");

    /** Its versions are given out by the catalog. */
    static final TableName MOVEMENTS = TableName.of("retail", "stock", "movements");

    /** In Iceberg's format, partitioned by day. */
    static final TableName DELIVERIES = TableName.of("retail", "stock", "deliveries");

    static final TableName DOCUMENTS = TableName.of("retail", "stock", "documents");
    static final TableName LANDING = TableName.of("retail", "stock", "landing");
    static final TableName NET_PRICE = TableName.of("retail", "sales", "net_price");
    static final TableName RETURN_RISK = TableName.of("retail", "stock", "return_risk");

    public static final String SEALED_SCOPE = "catalog:finance";
    public static final String SHARE = "demo";

    /** One day of the lines. */
    static final String DAY_SHARE = "demo_day";

    public static final String SEALED_SHARE = "demo_sealed";
    public static final String REPLICA = "orders_azure";
    public static final String PRODUCER = "retail";

    private DemoNames() {}
}
