package io.sluice.catalog.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the statements that are prepared or created, so that the budget of SQL per request can be asserted. */
final class CountingConnection {
    private CountingConnection() {}

    static Connection of(Connection real, AtomicLong statements) {
        return (Connection) Proxy.newProxyInstance(
                CountingConnection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, args) -> {
                    if (method.getName().equals("prepareStatement")) statements.incrementAndGet();
                    try {
                        return method.invoke(real, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
