package io.sluice.server.observe;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Not before the metastore is founded and its owner known, and no longer once the program is to stop. */
@org.eclipse.microprofile.health.Readiness
@Singleton
public final class ServingCheck implements HealthCheck {
    private final Readiness readiness;

    ServingCheck(Readiness readiness) {
        this.readiness = readiness;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("serving")
                .status(readiness.isServing())
                .build();
    }
}
