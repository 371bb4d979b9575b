package io.sluice.replica;

import io.sluice.lake.store.MeteredStore;
import io.sluice.lake.store.ObjectStore;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * A source whose reads are counted where they leave its provider.
 *
 * @param store what the sync reads; may open sealed objects
 * @param wireBytes body bytes that the provider has sent so far, every attempt, aborted ones too
 */
public record MeteredSource(ObjectStore store, LongSupplier wireBytes) {
    public static MeteredSource of(ObjectStore store) {
        return of(store, metered -> metered);
    }

    /** The meter stands beneath what {@code opening} makes of the store: of a sealed source, ciphertext crosses. */
    public static MeteredSource of(ObjectStore store, UnaryOperator<ObjectStore> opening) {
        MeteredStore meter = new MeteredStore(store);
        return new MeteredSource(opening.apply(meter), () -> meter.traffic().readBytes());
    }
}
