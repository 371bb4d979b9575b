package io.sluice.catalog.govern;

import io.sluice.catalog.access.Authorizer;
import io.sluice.catalog.access.Caller;
import io.sluice.catalog.record.Change;
import io.sluice.catalog.record.Grants;
import io.sluice.catalog.store.CatalogStore;
import io.sluice.model.failure.Failure;
import io.sluice.model.grant.Privilege;
import io.sluice.model.grant.SecurableType;
import io.sluice.model.work.AuditEntry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Grants. A grant is seen by the next request, because the snapshot is brought forward before the answer is sent. */
public final class Permissions {
    private final Locator locate;
    private final Targets targets;
    private final Writes writes;
    private final CatalogStore store;

    Permissions(Locator locate, Targets targets, Writes writes, CatalogStore store) {
        this.locate = locate;
        this.targets = targets;
        this.writes = writes;
        this.store = store;
    }

    /** What one principal is to gain and to lose. */
    public record GrantChange(String principal, Set<Privilege> add, Set<Privilege> remove) {}

    public Grants get(Caller caller, SecurableType type, String fullName) {
        Target target = targets.of(type, fullName);
        // Everybody may see what they hold themselves; the rest is for those who control it.
        if (target.isControlledBy(caller)) return target.grants();
        Set<Privilege> own = target.grants().byPrincipal().getOrDefault(caller.name(), Set.of());
        return Grants.NONE.changed(caller.name(), own, Set.of());
    }

    public Grants update(Caller caller, SecurableType type, String fullName, List<GrantChange> changes) {
        Target target = targets.of(type, fullName);
        if (!target.isControlledBy(caller)) throw Authorizer.denied(caller, "grant on " + type.wireName(), fullName);
        for (GrantChange change : changes) if (!change.add().isEmpty()) requireKnown(change.principal());

        AuditEntry audit = AuditEntry.done(
                caller.name(),
                "unityCatalog",
                "updatePermissions",
                Map.of("securable_type", type.wireName(), "securable_full_name", fullName));
        // Two changes at one moment must both be in what memory learns, so the grants are read under the log's lock.
        writes.decide(target.territory(), target.log(), transaction -> {
            Connection connection = transaction.connection();
            requireStillNamed(connection, target);
            write(connection, target, changes);
            transaction.audit(audit);
            return List.of(new Change.GrantsPut(
                    type,
                    target.name(),
                    store.grantsOn(connection, target.securable().id())));
        });
        return targets.of(type, fullName).grants();
    }

    private void write(Connection connection, Target target, List<GrantChange> changes) throws SQLException {
        String id = target.securable().id();
        for (GrantChange change : changes) {
            for (Privilege privilege : change.add())
                store.addGrant(connection, target.log(), id, change.principal(), privilege);
            for (Privilege privilege : change.remove())
                store.removeGrant(connection, id, change.principal(), privilege);
        }
    }

    /** Memory learns of grants by name, so the name must be the one that the thing has now. */
    private void requireStillNamed(Connection connection, Target target) throws SQLException {
        boolean isSame = store.nameInCatalog(connection, target.securable().id())
                .filter(name -> target.name().equals(name) || target.name().endsWith("." + name))
                .isPresent();
        if (!isSame) throw Failure.conflict("%s was renamed or dropped just now. Read again.", target.name());
    }

    private void requireKnown(String principal) {
        if (!locate.root().knows(principal))
            throw Failure.notFound(
                    Failure.Subject.ANYTHING, "There is no user or group %s. Create it before granting.", principal);
    }
}
