package io.sluice.lake.place;

import io.sluice.lake.store.S3Connection;
import io.sluice.model.place.Region;
import java.net.URI;
import java.util.Optional;

/**
 * A store that the operator has named.
 *
 * @param name for people, rates and counters
 * @param region where its bytes lie, and from where they travel
 * @param root all locations below it belong to this store: {@code file:///folder} or {@code s3://bucket/prefix}
 * @param s3 how to reach the service; present exactly for roots of S3
 */
public record StoreConfig(String name, Region region, URI root, Optional<S3Connection> s3) {
    public static StoreConfig local(String name, Region region, URI root) {
        return new StoreConfig(name, region, root, Optional.empty());
    }

    public static StoreConfig s3(String name, Region region, URI root, S3Connection connection) {
        return new StoreConfig(name, region, root, Optional.of(connection));
    }
}
