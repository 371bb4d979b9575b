package io.sluice.server.observe;

import io.sluice.catalog.store.SqlUnitOfWork;
import io.sluice.model.failure.Failure;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** A pod without its store can answer from memory for a while, but change nothing: others should be asked. */
@Readiness
@Singleton
public final class StoreCheck implements HealthCheck {
    private final SqlUnitOfWork work;

    StoreCheck(SqlUnitOfWork work) {
        this.work = work;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("store").status(answers()).build();
    }

    public boolean answers() {
        try {
            return work.read(StoreCheck::ask);
        } catch (Failure e) {
            return false;
        }
    }

    private static boolean ask(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT COUNT(*) FROM change_sequence")) {
            return select.executeQuery().next();
        }
    }
}
