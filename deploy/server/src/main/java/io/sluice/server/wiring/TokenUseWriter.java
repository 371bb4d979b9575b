package io.sluice.server.wiring;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.catalog.govern.Governance;
import io.sluice.catalog.govern.Tokens;
import io.sluice.model.failure.Failure;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Writes down once a minute, and at the end, when tokens were last used. */
@Singleton
final class TokenUseWriter {
    private static final Logger LOG = Logger.getLogger(TokenUseWriter.class);
    private static final int SECONDS = 60;

    private final Tokens tokens;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread daemon = new Thread(work, "token-uses");
        daemon.setDaemon(true);
        return daemon;
    });

    TokenUseWriter(Governance governance) {
        this.tokens = governance.tokens();
    }

    void start(@Observes StartupEvent started) {
        thread.scheduleWithFixedDelay(this::write, SECONDS, SECONDS, TimeUnit.SECONDS);
    }

    void stop(@Observes ShutdownEvent stopping) {
        thread.shutdownNow();
        write();
    }

    /** What could not be written stays in memory for the next time. */
    private void write() {
        try {
            tokens.writeDownUses();
        } catch (Failure e) {
            LOG.debugf(e, "the uses of tokens were not written down");
        }
    }
}
