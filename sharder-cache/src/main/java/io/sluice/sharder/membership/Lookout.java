package io.sluice.sharder.membership;

import java.util.function.Consumer;

/** Whoever sees the pods from outside: Kubernetes, a name service. What it says is a hint. */
@FunctionalInterface
public interface Lookout {
    /**
     * Begins to tell. May wait for whoever is asked, and fails while it cannot see anything.
     *
     * @param listener is called by one thread at a time; the pods of now are told first
     * @return ends it
     */
    Watching watch(Consumer<PodNotice> listener);

    /** Under way until it is closed. */
    interface Watching extends AutoCloseable {
        /** Whether news would come through at this moment; whoever lost touch tries again by himself. */
        default boolean isInTouch() {
            return true;
        }

        @Override
        void close();
    }
}
