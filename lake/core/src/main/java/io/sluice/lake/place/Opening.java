package io.sluice.lake.place;

import io.sluice.lake.store.AzureConnection;
import io.sluice.lake.store.AzureObjectStore;
import io.sluice.lake.store.GoogleObjectStore;
import io.sluice.lake.store.LocalObjectStore;
import io.sluice.lake.store.MeteredStore;
import io.sluice.lake.store.ObjectStore;
import io.sluice.lake.store.S3ObjectStore;
import io.sluice.lake.store.TrafficMeter;
import io.sluice.model.failure.Failure;
import java.io.IOException;
import java.nio.file.Path;

/** Opens a store by what it is. The classes of a cloud are loaded when the first store in it is opened. */
final class Opening {
    private Opening() {}

    static ObjectStore open(StoreConfig config, Location root, TrafficMeter meter) throws IOException {
        StoreService service = config.service();
        if (!service.scheme().equals(root.scheme()))
            throw Failure.invalid(
                    "Store %s has the root %s and settings for %s locations. Give it those of its own kind.",
                    config.name(), config.root(), service.scheme());
        if (service instanceof StoreService.S3 s3) return s3(s3, root, meter);
        if (service instanceof StoreService.Azure azure) return azure(config, azure.connection(), root, meter);
        if (service instanceof StoreService.Google google)
            return GoogleObjectStore.open(google.connection(), root.bucket(), root.path(), meter);
        return new MeteredStore(LocalObjectStore.at(Path.of("/" + root.path())), meter);
    }

    private static ObjectStore s3(StoreService.S3 service, Location root, TrafficMeter meter) throws IOException {
        if (service.clientJars().isEmpty())
            return S3ObjectStore.open(service.connection(), root.bucket(), root.path(), meter);
        StoreAdapter adapter = AdapterJars.adapter(service.clientJars().get());
        return new MeteredStore(adapter.open(service.connection(), root.bucket(), root.path()), meter);
    }

    private static ObjectStore azure(
            StoreConfig config, AzureConnection connection, Location root, TrafficMeter meter) {
        AzureAuthority authority = AzureAuthority.parse(root.bucket());
        if (!authority.account().equals(connection.account()))
            throw Failure.invalid(
                    "Store %s has the root %s and settings for the account %s. Give it those of its own account.",
                    config.name(), config.root(), connection.account());
        return AzureObjectStore.open(connection, authority.container(), root.path(), meter);
    }
}
