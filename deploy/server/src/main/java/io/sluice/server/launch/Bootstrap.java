package io.sluice.server.launch;

import io.sluice.catalog.WrongPodException;
import io.sluice.catalog.access.BearerToken;
import io.sluice.catalog.govern.Governance;
import io.sluice.catalog.record.TokenRecord;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.FailureKind;
import io.sluice.server.demo.DemoWorld;
import io.sluice.server.pods.Shards;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/** The first things after the ports listen: the metastore, its admin, and the newcomer's world. */
@Singleton
public final class Bootstrap {
    private static final Logger LOG = Logger.getLogger(Bootstrap.class);
    public static final String ADMIN = "admin";
    private static final Duration ADMIN_TOKEN_LIFE = Duration.ofDays(365);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(50);

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
        shards.join();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isReady()) {
            if (System.nanoTime() - deadline > 0)
                throw new IllegalStateException("nobody serves the metastore's root; look at the assigner's log");
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** On a busy machine ownership may lapse and come back while we are at it; each step may be done again. */
    private boolean isReady() {
        try {
            if (!shards.ownsRoot()) return !isAlone() && governance.principals().isFounded();
            governance.principals().found("sluice", config.admin().principal());
            adoptAdminToken();
            if (config.demo()) demo.make();
            return true;
        } catch (WrongPodException e) {
            return false;
        } catch (Failure e) {
            if (e.kind() == FailureKind.UNAVAILABLE) return false;
            throw e;
        }
    }

    /** Where an issuer tells who is who, there is a token only if the operator made one. */
    private void adoptAdminToken() {
        if (config.admin().tokenFile().isEmpty() && !config.auth().oidc().isEmpty()) return;
        String admin = config.admin().principal();
        if (!governance.principals().isUser(admin)) {
            LOG.warnf("%s is no user of this metastore, so the admin's token opens nothing", admin);
            return;
        }
        governance.tokens().adopt(admin, adminToken(), "admin.token", ADMIN_TOKEN_LIFE);
    }

    private boolean isAlone() {
        return config.pod().listen().isEmpty();
    }

    /** The token that was handed over, else that of the data folder; a new one the first time. */
    private String adminToken() {
        Path file = config.admin().tokenFile().orElseGet(() -> config.data().resolve("admin.token"));
        try {
            if (Files.exists(file)) return Files.readString(file).trim();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
        String token = BearerToken.random(TokenRecord.Kind.PERSONAL);
        PrivateFiles.write(file, token + "\n");
        return token;
    }

    private void removeStaleReady() {
        try {
            Files.deleteIfExists(config.ownFolder().resolve("ready"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
