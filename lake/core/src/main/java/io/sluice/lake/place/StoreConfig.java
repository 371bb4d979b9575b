package io.sluice.lake.place;

import io.sluice.lake.store.AzureConnection;
import io.sluice.lake.store.GoogleConnection;
import io.sluice.lake.store.S3Connection;
import io.sluice.model.place.Region;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A store that the operator has named.
 *
 * @param name for people, rates and counters
 * @param region where its bytes lie, and from where they travel
 * @param root all locations below it belong to this store: {@code file:///folder}, {@code s3://bucket/prefix},
 *     {@code gs://bucket/prefix} or {@code abfss://container@account.dfs.core.windows.net/prefix}
 * @param service of the root's kind
 */
public record StoreConfig(String name, Region region, URI root, StoreService service) {
    public static StoreConfig local(String name, Region region, URI root) {
        return new StoreConfig(name, region, root, new StoreService.Folder());
    }

    public static StoreConfig s3(String name, Region region, URI root, S3Connection connection) {
        return new StoreConfig(name, region, root, new StoreService.S3(connection, Optional.empty()));
    }

    /** @param clientJars folder with the jars of a {@link StoreAdapter} */
    public static StoreConfig s3(String name, Region region, URI root, S3Connection connection, Path clientJars) {
        return new StoreConfig(name, region, root, new StoreService.S3(connection, Optional.of(clientJars)));
    }

    public static StoreConfig azure(String name, Region region, URI root, AzureConnection connection) {
        return new StoreConfig(name, region, root, new StoreService.Azure(connection));
    }

    public static StoreConfig google(String name, Region region, URI root, GoogleConnection connection) {
        return new StoreConfig(name, region, root, new StoreService.Google(connection));
    }
}
