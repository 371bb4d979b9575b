package io.sluice.server.demo;

import io.sluice.model.name.TableName;

/** What the things in the demo world are called. */
public final class DemoNames {
    public static final TableName ORDERS = TableName.of("retail", "sales", "orders");
    public static final TableName CUSTOMERS = TableName.of("retail", "sales", "customers");
    public static final TableName PAYMENTS = TableName.of("finance", "ledger", "payments");
    public static final String SEALED_SCOPE = "catalog:finance";
    public static final String SHARE = "demo";
    public static final String SEALED_SHARE = "demo_sealed";
    public static final String REPLICA = "orders_azure";
    public static final String PRODUCER = "retail";

    private DemoNames() {}
}
