package io.sluice.catalog.govern;

import io.sluice.catalog.access.Caller;
import io.sluice.catalog.record.Change;
import io.sluice.catalog.record.GroupRecord;
import io.sluice.catalog.snapshot.RootSnapshot;
import io.sluice.catalog.store.PrincipalStore;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.Failure.Subject;
import io.sluice.model.work.AuditEntry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Groups of users and of other groups, to grant to. */
public final class Groups {
    private static final int LONGEST_NAME = 255;

    private final Locator locate;
    private final Principals principals;
    private final Writes writes;
    private final PrincipalStore people;
    private final Clock clock;

    Groups(Locator locate, Principals principals, Writes writes, PrincipalStore people, Clock clock) {
        this.locate = locate;
        this.principals = principals;
        this.writes = writes;
        this.people = people;
        this.clock = clock;
    }

    public GroupRecord create(Caller caller, String name, List<String> members) {
        principals.requireAdmin(caller, "create groups");
        if (name.isBlank() || name.length() > LONGEST_NAME)
            throw Failure.invalid("The group name \"%s\" is empty or longer than %d letters.", name, LONGEST_NAME);
        RootSnapshot root = locate.root();
        // One name for a user and a group would let a grant to the one reach the other.
        if (root.knows(name))
            throw Failure.alreadyExists(Subject.ANYTHING, "There is a user or group %s already.", name);
        members.forEach(member -> requireKnown(root, member));
        GroupRecord group = new GroupRecord(UUID.randomUUID().toString(), name, List.copyOf(members), clock.millis());
        put(caller, "createGroup", group, connection -> {
            principals.requireNoInheritance(connection, name);
            people.putGroup(connection, group);
        });
        return group;
    }

    public GroupRecord get(String id) {
        return locate.root().groups().byName().values().stream()
                .filter(group -> group.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Failure.notFound(Subject.ANYTHING, "No group has the id %s.", id));
    }

    public List<GroupRecord> list() {
        return List.copyOf(locate.root().groups().byName().values());
    }

    /** Sets the members. */
    public GroupRecord replace(Caller caller, String id, List<String> members) {
        principals.requireAdmin(caller, "change groups");
        RootSnapshot root = locate.root();
        GroupRecord now = get(id);
        members.forEach(member -> requireKnown(root, member));
        GroupRecord next = new GroupRecord(now.id(), now.name(), List.copyOf(members), now.createdAt());
        put(caller, "updateGroup", next, connection -> people.putGroup(connection, next));
        return next;
    }

    public void delete(Caller caller, String id) {
        principals.requireAdmin(caller, "delete groups");
        GroupRecord group = get(id);
        writes.writeRoot(
                AuditEntry.done(caller.name(), "accounts", "removeGroup", Map.of("group", group.name())),
                connection -> people.deleteGroup(connection, id),
                new Change.GroupGone(group.name()));
    }

    private void put(Caller caller, String action, GroupRecord group, Writes.Rows rows) {
        writes.writeRoot(
                AuditEntry.done(caller.name(), "accounts", action, Map.of("group", group.name())),
                rows,
                new Change.GroupPut(group));
    }

    private static void requireKnown(RootSnapshot root, String member) {
        if (!root.knows(member)) throw Failure.notFound(Subject.ANYTHING, "There is no user or group %s.", member);
    }
}
