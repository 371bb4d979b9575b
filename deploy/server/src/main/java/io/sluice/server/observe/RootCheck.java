package io.sluice.server.observe;

import io.sluice.catalog.Estate;
import io.sluice.model.work.Territory;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Whether some pod answers for the metastore's root: this one, or one that requests can be sent on to. */
@Readiness
@Singleton
public final class RootCheck implements HealthCheck {
    private final Estate estate;

    RootCheck(Estate estate) {
        this.estate = estate;
    }

    @Override
    public HealthCheckResponse call() {
        boolean isOwned = estate.claim(Territory.ROOT).standing() != Estate.Standing.NOBODYS;
        return HealthCheckResponse.named("root").status(isOwned).build();
    }
}
