package io.sluice.catalog.store;

/** Is told when the store is being asked, for whoever wants to see where the time of a request goes. */
@FunctionalInterface
public interface Timeline {
    Stretch NOTHING = () -> {};
    Timeline NOBODYS = what -> NOTHING;

    /** On the thread that asks, which also ends it. */
    Stretch begin(String what);

    /** A stretch of time, which ends when it is closed. */
    @FunctionalInterface
    interface Stretch extends AutoCloseable {
        @Override
        void close();
    }
}
