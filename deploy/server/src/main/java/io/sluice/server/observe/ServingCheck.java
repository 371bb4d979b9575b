package io.sluice.server.observe;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** Not before the metastore is founded and its owner known, and no longer once the program is to stop. */
@Startup
@Readiness
@Singleton
public final class ServingCheck implements HealthCheck {
    private final ServingState state;

    ServingCheck(ServingState state) {
        this.state = state;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("serving").status(state.isServing()).build();
    }
}
