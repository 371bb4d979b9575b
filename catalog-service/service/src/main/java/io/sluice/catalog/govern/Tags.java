package io.sluice.catalog.govern;

import io.sluice.catalog.access.Authorizer;
import io.sluice.catalog.access.Caller;
import io.sluice.catalog.record.Column;
import io.sluice.catalog.record.TableRecord;
import io.sluice.catalog.store.SqlUnitOfWork;
import io.sluice.catalog.store.TagStore;
import io.sluice.model.failure.Failure;
import io.sluice.model.failure.Failure.Subject;
import io.sluice.model.grant.Privilege;
import io.sluice.model.grant.SecurableType;
import io.sluice.model.work.AuditEntry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.SortedMap;

/** Keys with values that people put on what is governed. They are read from the store: nothing is decided by them. */
public final class Tags {
    private static final int LONGEST_KEY = 255;
    private static final int LONGEST_VALUE = 1_000;
    private static final int MOST_TAGS = 50;

    private final Targets targets;
    private final SqlUnitOfWork work;
    private final TagStore store = new TagStore();

    Tags(Targets targets, SqlUnitOfWork work) {
        this.targets = targets;
        this.work = work;
    }

    /**
     * What carries tags.
     *
     * @param column empty for the thing itself
     */
    private record Entity(Target target, String column) {
        String id() {
            return target.securable().id();
        }
    }

    /** By key. */
    public SortedMap<String, String> list(Caller caller, String entityType, String entityName) {
        Entity entity = visible(caller, entityType, entityName);
        return work.read(connection -> store.of(connection, entity.id(), entity.column()));
    }

    public void assign(Caller caller, String entityType, String entityName, String key, String value) {
        requireFit(key, value);
        Entity entity = visible(caller, entityType, entityName);
        try {
            write(caller, entity, "createEntityTagAssignment", entityName, key, connection -> {
                if (store.of(connection, entity.id(), entity.column()).size() >= MOST_TAGS)
                    throw Failure.invalid("%s carries %d tags, and no more are allowed.", entityName, MOST_TAGS);
                store.insert(connection, entity.id(), entity.column(), key, value);
            });
        } catch (Failure e) {
            throw Duplicates.told(
                    e, Failure.alreadyExists(Subject.ANYTHING, "%s carries the tag %s already.", entityName, key));
        }
    }

    public void change(Caller caller, String entityType, String entityName, String key, String value) {
        requireFit(key, value);
        Entity entity = visible(caller, entityType, entityName);
        write(caller, entity, "updateEntityTagAssignment", entityName, key, connection -> {
            if (!store.update(connection, entity.id(), entity.column(), key, value)) throw missing(entityName, key);
        });
    }

    public void remove(Caller caller, String entityType, String entityName, String key) {
        Entity entity = visible(caller, entityType, entityName);
        write(caller, entity, "deleteEntityTagAssignment", entityName, key, connection -> {
            if (!store.delete(connection, entity.id(), entity.column(), key)) throw missing(entityName, key);
        });
    }

    public static Failure missing(String entityName, String key) {
        return Failure.notFound(Subject.ANYTHING, "%s carries no tag %s.", entityName, key);
    }

    @FunctionalInterface
    private interface Rows {
        void write(Connection connection) throws SQLException;
    }

    private void write(Caller caller, Entity entity, String action, String entityName, String key, Rows rows) {
        Target target = entity.target();
        if (!target.isControlledBy(caller) && !target.rights().hold(caller, Privilege.APPLY_TAG))
            throw Authorizer.denied(caller, "tag", entityName);
        work.write(target.territory(), transaction -> {
            rows.write(transaction.connection());
            transaction.audit(AuditEntry.done(
                    caller.name(), "unityCatalog", action, Map.of("entity_name", entityName, "tag_key", key)));
            return key;
        });
    }

    private Entity visible(Caller caller, String entityType, String entityName) {
        Entity entity = entity(entityType, entityName);
        if (!entity.target().rights().see(caller)) throw Authorizer.denied(caller, "see", entityName);
        return entity;
    }

    /** @param entityType in the plural, as the hosted product writes it */
    private Entity entity(String entityType, String entityName) {
        return switch (entityType) {
            case "catalogs" -> new Entity(targets.of(SecurableType.CATALOG, entityName), "");
            case "schemas" -> new Entity(targets.of(SecurableType.SCHEMA, entityName), "");
            case "tables" -> new Entity(targets.of(SecurableType.TABLE, entityName), "");
            case "volumes" -> new Entity(targets.of(SecurableType.VOLUME, entityName), "");
            case "functions" -> new Entity(targets.of(SecurableType.FUNCTION, entityName), "");
            case "registered_models" -> new Entity(targets.of(SecurableType.REGISTERED_MODEL, entityName), "");
            case "columns" -> column(entityName);
            default ->
                throw Failure.invalid(
                        "The entity type \"%s\" is not known. Use catalogs, schemas, tables, columns, volumes,"
                                + " functions or registered_models.",
                        entityType);
        };
    }

    private Entity column(String fullName) {
        int dot = fullName.lastIndexOf('.');
        if (dot < 0) throw Failure.invalid("%s is no column. Write catalog.schema.table.column.", fullName);
        Target table = targets.of(SecurableType.TABLE, fullName.substring(0, dot));
        String column = fullName.substring(dot + 1);
        TableRecord record = (TableRecord) table.securable();
        if (record.columns().stream().map(Column::name).noneMatch(column::equals))
            throw Failure.notFound(Subject.ANYTHING, "Table %s has no column %s.", record.name(), column);
        return new Entity(table, column);
    }

    private static void requireFit(String key, String value) {
        if (key.isBlank() || key.length() > LONGEST_KEY || key.matches(".*[.,\\-=/:].*"))
            throw Failure.invalid(
                    "The tag key \"%s\" is empty, longer than %d characters, or holds one of . , - = / :",
                    key, LONGEST_KEY);
        if (value.length() > LONGEST_VALUE)
            throw Failure.invalid("The value of tag %s is longer than %d characters.", key, LONGEST_VALUE);
    }
}
