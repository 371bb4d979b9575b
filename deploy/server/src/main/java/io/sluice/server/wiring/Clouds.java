package io.sluice.server.wiring;

import io.sluice.catalog.vending.S3Store;
import io.sluice.catalog.vending.VendedCredentials.S3Keys;
import io.sluice.lake.place.StoreConfig;
import io.sluice.lake.place.Stores;
import io.sluice.lake.store.S3Connection;
import io.sluice.model.place.Region;
import io.sluice.server.launch.SluiceConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The object stores. {@code dev} has two folders that stand for two clouds; the adapters and meters are the real ones. */
public record Clouds(Stores stores, List<StoreConfig> configs) {

    static Clouds open(List<StoreConfig> configs) {
        try {
            return new Clouds(Stores.open(configs), List.copyOf(configs));
        } catch (IOException e) {
            throw new UncheckedIOException("the object stores cannot be opened: " + e.getMessage(), e);
        }
    }

    /** Those that were named, else two folders. */
    static List<StoreConfig> of(SluiceConfig config) {
        if (config.stores().isEmpty()) return development(config.data());
        return config.stores().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> StoreServices.named(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Those that credentials of a metastore may open, by name. */
    static Map<String, S3Store> vended(SluiceConfig config, Optional<String> metastore) {
        return config.stores().entrySet().stream()
                .filter(entry -> entry.getValue().metastore().equals(metastore))
                .filter(entry -> entry.getValue().vending() != SluiceConfig.Handout.NOTHING)
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> vended(entry.getKey(), entry.getValue())));
    }

    private static S3Store vended(String name, SluiceConfig.Store store) {
        String missing = "the store %s is to be vended and has no endpoint or no credentials file".formatted(name);
        URI endpoint = store.endpoint().orElseThrow(() -> new IllegalStateException(missing));
        S3Connection.Credentials keys =
                StoreServices.keys(store.credentialsFile().orElseThrow(() -> new IllegalStateException(missing)));
        return new S3Store(
                store.root(),
                new S3Keys.Endpoint(endpoint, store.region(), store.pathStyle()),
                keys.accessKey(),
                keys.secretKey(),
                store.vending() == SluiceConfig.Handout.KEYS
                        ? S3Store.Handout.UNCONFINED_KEYS
                        : S3Store.Handout.CONFINED_SESSION);
    }

    private static List<StoreConfig> development(Path data) {
        return List.of(
                folder(data, "aws-eu-west-1", new Region("aws", "eu-west-1")),
                folder(data, "azure-westeurope", new Region("azure", "westeurope")));
    }

    private static StoreConfig folder(Path data, String name, Region region) {
        return StoreConfig.local(
                name, region, data.resolve("clouds").resolve(name).toUri());
    }
}
