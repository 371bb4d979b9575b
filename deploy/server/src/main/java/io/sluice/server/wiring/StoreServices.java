package io.sluice.server.wiring;

import io.sluice.lake.place.AzureAuthority;
import io.sluice.lake.place.StoreConfig;
import io.sluice.lake.store.AzureConnection;
import io.sluice.lake.store.AzureTokens;
import io.sluice.lake.store.GoogleConnection;
import io.sluice.lake.store.GoogleServiceAccount;
import io.sluice.lake.store.S3Connection;
import io.sluice.model.place.Region;
import io.sluice.server.launch.SluiceConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How each named store is reached, by the scheme of its root, and what its credentials file means there. */
final class StoreServices {
    private StoreServices() {}

    static StoreConfig named(String name, SluiceConfig.Store store) {
        Region region = new Region(store.cloud(), store.region());
        return switch (store.root().getScheme().toLowerCase(Locale.ROOT)) {
            case "file" -> StoreConfig.local(name, region, store.root());
            case "gs" -> StoreConfig.google(name, region, store.root(), google(store));
            case "abfss", "abfs", "wasbs", "wasb" -> StoreConfig.azure(name, region, store.root(), azure(store));
            default ->
                store.clientJars()
                        .map(jars -> StoreConfig.s3(name, region, store.root(), s3(store), jars))
                        .orElseGet(() -> StoreConfig.s3(name, region, store.root(), s3(store)));
        };
    }

    /** The access key and the secret, and the token of a session if there is one: a line each. */
    static S3Connection.Credentials keys(Path file) {
        List<String> lines = read(file).lines().map(String::trim).toList();
        if (lines.size() < 2)
            throw new IllegalStateException("%s needs two lines: the access key and the secret".formatted(file));
        return new S3Connection.Credentials(
                lines.get(0),
                lines.get(1),
                lines.stream().skip(2).filter(line -> !line.isEmpty()).findFirst());
    }

    private static S3Connection s3(SluiceConfig.Store store) {
        return new S3Connection(
                store.region(),
                store.endpoint(),
                store.publicEndpoint(),
                store.pathStyle(),
                store.credentialsFile().map(StoreServices::keys));
    }

    private static AzureConnection azure(SluiceConfig.Store store) {
        AzureConnection.Credentials credentials = store.credentialsFile()
                .map(file -> azureSecret(read(file).trim()))
                .orElseGet(() -> new AzureConnection.Credentials.Identity(AzureTokens.ofThisMachine()));
        String account = AzureAuthority.of(store.root()).account();
        return new AzureConnection(account, store.endpoint(), store.publicEndpoint(), credentials);
    }

    /** A shared access signature is a query; a key is base64, which ends in its only equals signs. */
    private static AzureConnection.Credentials azureSecret(String secret) {
        return secret.contains("sig=")
                ? new AzureConnection.Credentials.Sas(secret.replaceFirst("^\\?", ""))
                : new AzureConnection.Credentials.AccountKey(secret);
    }

    private static GoogleConnection google(SluiceConfig.Store store) {
        Optional<GoogleConnection.Credentials> file = store.credentialsFile()
                .map(path -> new GoogleConnection.Credentials.KeyFile(GoogleServiceAccount.parse(read(path))));
        return new GoogleConnection(
                store.endpoint(), store.publicEndpoint(), file.orElseGet(GoogleConnection.Credentials.Machine::here));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
