package io.sluice.server.wiring;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.catalog.govern.Governance;
import io.sluice.catalog.govern.Tokens;
import io.sluice.model.failure.Failure;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Writes down once a minute, and at the end, when tokens were last used. What could not be written stays in memory. */
@Singleton
final class TokenUseWriter {
    private static final Logger LOG = Logger.getLogger(TokenUseWriter.class);
    private static final int SECONDS = 60;

    private final Tokens tokens;
    private final Chores chores = new Chores("token-uses", 1);

    TokenUseWriter(Governance governance) {
        this.tokens = governance.tokens();
    }

    void start(@Observes StartupEvent started) {
        chores.every(SECONDS, tokens::writeDownUses);
    }

    void stop(@Observes ShutdownEvent stopping) {
        chores.close();
        try {
            tokens.writeDownUses();
        } catch (Failure e) {
            LOG.debugf(e, "the last uses of tokens were not written down");
        }
    }
}
