package io.sluice.server.wiring;

import io.sluice.lake.place.StoreConfig;
import io.sluice.lake.place.Stores;
import io.sluice.model.place.Region;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** The object stores. {@code dev} has two folders that stand for two clouds; the adapters and meters are the real ones. */
public record Clouds(Stores stores, List<StoreConfig> configs) {

    static Clouds open(List<StoreConfig> configs) {
        try {
            return new Clouds(Stores.open(configs), List.copyOf(configs));
        } catch (IOException e) {
            throw new UncheckedIOException("the object stores cannot be opened: " + e.getMessage(), e);
        }
    }

    static List<StoreConfig> development(Path data) {
        return List.of(
                folder(data, "aws-eu-west-1", new Region("aws", "eu-west-1")),
                folder(data, "azure-westeurope", new Region("azure", "westeurope")));
    }

    private static StoreConfig folder(Path data, String name, Region region) {
        return StoreConfig.local(
                name, region, data.resolve("clouds").resolve(name).toUri());
    }
}
