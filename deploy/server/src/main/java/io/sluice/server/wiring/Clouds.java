package io.sluice.server.wiring;

import io.sluice.lake.place.StoreConfig;
import io.sluice.lake.place.Stores;
import io.sluice.lake.store.S3Connection;
import io.sluice.model.place.Region;
import io.sluice.server.launch.SluiceConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
                .map(entry -> named(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static StoreConfig named(String name, SluiceConfig.Store store) {
        Region region = new Region(store.cloud(), store.region());
        if (store.root().getScheme().equals("file")) return StoreConfig.local(name, region, store.root());
        return StoreConfig.s3(
                name,
                region,
                store.root(),
                new S3Connection(
                        store.region(),
                        store.endpoint(),
                        Optional.empty(),
                        store.pathStyle(),
                        store.credentialsFile().map(Clouds::credentials)));
    }

    private static S3Connection.Credentials credentials(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            if (lines.size() < 2)
                throw new IllegalStateException("%s needs two lines: the access key and the secret".formatted(file));
            return new S3Connection.Credentials(
                    lines.get(0).trim(), lines.get(1).trim());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
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
