package io.sluice.server.launch;

import io.sluice.catalog.access.BearerToken;
import io.sluice.catalog.govern.Governance;
import io.sluice.server.demo.DemoWorld;
import io.sluice.server.wiring.Shards;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The first things after the ports listen: the metastore, its admin, and the newcomer's world. */
@Singleton
public final class Bootstrap {
    public static final String ADMIN = "admin";
    private static final Duration ADMIN_TOKEN_LIFE = Duration.ofDays(365);

    private final SluiceConfig config;
    private final Governance governance;
    private final Shards shards;
    private final DemoWorld demo;

    public Bootstrap(SluiceConfig config, Governance governance, Shards shards, DemoWorld demo) {
        this.config = config;
        this.governance = governance;
        this.shards = shards;
        this.demo = demo;
    }

    public void run() {
        removeStaleReady();
        shards.awaitOwnership();
        if (!shards.ownsRoot()) return;
        governance.principals().found("sluice", ADMIN);
        governance.principals().adopt(ADMIN, adminToken(), "admin.token", ADMIN_TOKEN_LIFE);
        if (config.demo()) demo.make();
    }

    /** The token that was handed over, else that of the data folder; a new one the first time. */
    private String adminToken() {
        Path file = config.admin().tokenFile().orElseGet(() -> config.data().resolve("admin.token"));
        try {
            if (Files.exists(file)) return Files.readString(file).trim();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
        String token = BearerToken.random();
        PrivateFiles.write(file, token + "\n");
        return token;
    }

    private void removeStaleReady() {
        try {
            Files.deleteIfExists(config.data().resolve("ready"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
