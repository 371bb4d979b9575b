package io.sluice.server.demo;

import io.sluice.catalog.govern.Governance;
import io.sluice.catalog.govern.Permissions.GrantChange;
import io.sluice.catalog.govern.Principals;
import io.sluice.catalog.record.UserRecord;
import io.sluice.catalog.record.UserRecord.Kind;
import io.sluice.model.grant.Privilege;
import io.sluice.model.grant.SecurableType;
import io.sluice.server.launch.PrivateFiles;
import io.sluice.server.launch.SluiceConfig;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * People who may see more or less of the demo, and a service that loads it at night. Each person's token lies in the
 * data folder, so that everybody can look at the world with their eyes.
 */
@Singleton
public final class DemoPeople {
    static final String ANALYST = "ana@example.com";
    static final String INTERN = "ian@example.com";
    static final String STEWARD = "stella@example.com";
    static final String ANALYSTS = "analysts";
    static final String STEWARDS = "data_stewards";
    static final String NIGHTLY_LOAD = "Nightly load";

    private static final Duration TOKEN_LIFE = Duration.ofDays(90);

    private final Governance governance;
    private final Path data;

    DemoPeople(Governance governance, SluiceConfig config) {
        this.governance = governance;
        this.data = config.data();
    }

    void make() {
        person(ANALYST, "Ana, analyst of sales", "analyst.token");
        person(INTERN, "Ian, intern", "intern.token");
        person(STEWARD, "Stella, steward of data", "steward.token");
        group(ANALYSTS, ANALYST);
        group(STEWARDS, STEWARD);
        String load = service().name();

        grant(
                SecurableType.CATALOG,
                "retail",
                to(ANALYSTS, Privilege.USE_CATALOG),
                to(INTERN, Privilege.USE_CATALOG),
                to(STEWARDS, Privilege.USE_CATALOG, Privilege.MANAGE),
                to(load, Privilege.USE_CATALOG));
        grant(
                SecurableType.SCHEMA,
                DemoNames.ORDERS.schema().toString(),
                to(ANALYSTS, Privilege.USE_SCHEMA, Privilege.SELECT, Privilege.EXECUTE),
                to(load, Privilege.USE_SCHEMA, Privilege.SELECT, Privilege.MODIFY));
        grant(
                SecurableType.SCHEMA,
                DemoNames.PRODUCTS.schema().toString(),
                to(INTERN, Privilege.USE_SCHEMA),
                to(load, Privilege.USE_SCHEMA, Privilege.SELECT, Privilege.MODIFY, Privilege.READ_VOLUME));
        grant(SecurableType.TABLE, DemoNames.PRODUCTS.toString(), to(INTERN, Privilege.SELECT));
    }

    private void person(String name, String displayName, String tokenFile) {
        Steps.ensure(() -> governance.principals().createUser(Steps.ADMIN, name, displayName));
        String token = governance
                .tokens()
                .issue(Steps.ADMIN, name, "Part of the demo world", TOKEN_LIFE)
                .token();
        PrivateFiles.write(data.resolve(tokenFile), token + "\n");
    }

    private void group(String name, String member) {
        Steps.ensure(() -> governance.groups().create(Steps.ADMIN, name, List.of(member)));
    }

    /** Services are told apart by names that are made up for them, so an earlier one is known by what it shows. */
    private UserRecord service() {
        Principals principals = governance.principals();
        return principals.list(Steps.ADMIN, Kind.SERVICE).stream()
                .filter(service -> service.displayName().equals(NIGHTLY_LOAD))
                .findFirst()
                .orElseGet(() -> principals.createService(Steps.ADMIN, NIGHTLY_LOAD));
    }

    private void grant(SecurableType type, String name, GrantChange... changes) {
        governance.permissions().update(Steps.ADMIN, type, name, List.of(changes));
    }

    private static GrantChange to(String principal, Privilege... privileges) {
        return new GrantChange(principal, Set.of(privileges), Set.of());
    }
}
