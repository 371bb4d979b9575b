package io.sluice.sharder.grpc;

import io.sluice.sharder.store.ShardStore;
import io.sluice.sharder.store.StoreLostException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the store on a thread of its own and brings the answers back to the loop, one after another. */
final class StoreThread {
    private static final Logger LOG = LoggerFactory.getLogger(StoreThread.class);

    private final ShardStore store;
    private final EventLoop loop;
    private final EventLoop asking;
    private volatile boolean isLost;

    StoreThread(ShardStore store, EventLoop loop, Time time, String name) {
        this.store = store;
        this.loop = loop;
        this.asking = new EventLoop(time, name);
    }

    /** @param lost run instead of {@code answer} when the store did not answer */
    <T> void ask(Function<ShardStore, T> question, Consumer<T> answer, Runnable lost) {
        asking.execute(() -> {
            try {
                T answered = question.apply(store);
                isLost = false;
                loop.execute(() -> answer.accept(answered));
            } catch (StoreLostException e) {
                // A store that stays away is reported once, not once a second.
                if (!isLost) LOG.warn("{}", e.getMessage());
                isLost = true;
                loop.execute(lost);
            }
        });
    }

    void close() {
        asking.close();
    }
}
