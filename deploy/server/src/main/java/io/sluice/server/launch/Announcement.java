package io.sluice.server.launch;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Tells people and scripts that the server serves. */
@Singleton
public final class Announcement {
    private final Path data;
    private final Path own;
    private final Addresses addresses;
    private final ConsoleCodes consoleCodes;
    private final boolean isDemo;
    private final Optional<URI> publicUrl;

    public Announcement(SluiceConfig config, Addresses addresses, ConsoleCodes consoleCodes) {
        this.data = config.data();
        this.own = config.ownFolder();
        this.addresses = addresses;
        this.consoleCodes = consoleCodes;
        this.isDemo = config.demo();
        this.publicUrl = config.publicUrl();
    }

    public void ready() {
        makeOwnFolder();
        PrivateFiles.write(own.resolve("management.port"), addresses.management() + "\n");
        PrivateFiles.write(own.resolve("ready"), addresses.http() + "\n");
        System.out.println(publicUrl.map(Announcement::production).orElseGet(this::text));
    }

    private void makeOwnFolder() {
        try {
            Files.createDirectories(own);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + own, e);
        }
    }

    private static String production(URI url) {
        return "Sluice serves " + url + ".";
    }

    public void gone() {
        try {
            Files.deleteIfExists(own.resolve("ready"));
        } catch (IOException e) {
            // A left-over file is removed by the next start.
        }
    }

    private String text() {
        String demo = isDemo ? """
                  Profile     %s
                  """.formatted(data.resolve("demo.share")) : "";
        return """
                Sluice serves on %s (loopback only, for trying out; not for production).
                  Console     %s/ui/#code=%s  (works once, for 10 minutes)
                %s  Try         SLUICE_SERVER=%s SLUICE_TOKEN=$(cat %s) ./sluice tour""".formatted(
                        addresses.http(),
                        addresses.http(),
                        consoleCodes.issue(),
                        demo,
                        addresses.http(),
                        data.resolve("admin.token"));
    }
}
