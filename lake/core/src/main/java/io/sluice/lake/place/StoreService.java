package io.sluice.lake.place;

import io.sluice.lake.store.AzureConnection;
import io.sluice.lake.store.GoogleConnection;
import io.sluice.lake.store.S3Connection;
import java.nio.file.Path;
import java.util.Optional;

/** What keeps a store's objects, and how it is reached. */
public sealed interface StoreService {
    /** The scheme of its locations, as they are spelled here. */
    String scheme();

    /** A folder of this machine, or one that it has mounted. */
    record Folder() implements StoreService {
        @Override
        public String scheme() {
            return "file";
        }
    }

    /** @param clientJars folder with the jars of another client than ours */
    record S3(S3Connection connection, Optional<Path> clientJars) implements StoreService {
        @Override
        public String scheme() {
            return "s3";
        }
    }

    record Azure(AzureConnection connection) implements StoreService {
        @Override
        public String scheme() {
            return "abfss";
        }
    }

    record Google(GoogleConnection connection) implements StoreService {
        @Override
        public String scheme() {
            return "gs";
        }
    }
}
